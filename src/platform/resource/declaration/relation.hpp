#pragma once

#include "platform/resource/declaration/field.hpp"
#include "platform/resource/declaration/ordering.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace terrace::resource {

struct Resource;

/// What becomes of one child in a write of its parent.
enum class OnChild : std::uint8_t {
    write,   ///< it is created, updated or removed, by the rules, hooks and permissions of its own resource
    refuse,  ///< an error of the element, where there is something to write
    ignore,  ///< it stays as it is, and the element is passed over
};

/// What a body of the parent does with its children. The list in the body is compared with the children that the
/// caller sees: an element without an id is a new child, one with an id the child of this parent that has it (another
/// parent's or tenant's does not exist), and a child that no element names is one to remove. PATCH changes what an
/// element gives of a child, PUT replaces the child; a PATCH without the list leaves all children, a PUT without it is
/// one with an empty list.
struct NestedWrites {
    OnChild create = OnChild::write;
    OnChild update = OnChild::write;
    /// Archives a child whose resource is archivable, else deletes its row.
    OnChild remove = OnChild::write;
};

/// Other objects that are answered within an object, as the engine reads it; made by `nested` and by
/// Description::expand. Read in one statement for all objects of an answer, by the rules of their own resource.
struct Relation {
    enum class Kind : std::uint8_t {
        many,  ///< the children that refer to the object
        one,   ///< the object that a field refers to
    };
    Kind kind;
    std::string_view name;     ///< in the answer, and in `expand`
    const Resource* resource;  ///< of the other objects; of static storage
    std::string_view member;   ///< the reference: of the child, or of the object itself
    bool on_demand = false;    ///< answered only where `expand` names it
    std::vector<Term> order;   ///< of children; then by id
    std::size_t most = 100;    ///< children of one parent
    std::optional<NestedWrites> writes;

    // Filled when the resource is built.
    const FieldMeta* by = nullptr;  ///< the reference
    std::size_t from = 0;           ///< the column of the object's row whose value the others' rows have …
    std::size_t to = 0;             ///< … in this one of theirs
};

/// A nested list being declared.
template <class Child>
class NestedOf {
  public:
    explicit NestedOf(Relation relation) : relation_(std::move(relation)) {}

    /// The children's order: `.ordered(asc<&Line::place>())`, then by id; without it by id, in which they were made.
    template <class... Terms>
    NestedOf ordered(Terms... terms) && {
        relation_.order = {terms...};
        return std::move(*this);
    }
    /// How many children of one parent are answered, and may be written; 100 unless said. Where there are more, the
    /// answer has `<name>_truncated: true` beside the list.
    NestedOf most(std::size_t count) && {
        relation_.most = count;
        return std::move(*this);
    }
    /// Answered only where `?expand=` names it.
    NestedOf on_demand() && {
        relation_.on_demand = true;
        return std::move(*this);
    }
    /// POST, PUT and PATCH of the parent take the list too, and write parent and children in one unit.
    NestedOf writable(NestedWrites writes = {}) && {
        relation_.writes = writes;
        return std::move(*this);
    }

    Relation take() && { return std::move(relation_); }

  private:
    Relation relation_;
};

/// The objects of `children` that refer to the object by this member, as a list in its answer:
/// `.nested(nested<&Line::invoice_id>("lines", lines()).ordered(asc<&Line::place>()))`. `children` is of static
/// storage; an index serves (tenant_id, the reference, the order, id).
template <auto Reference>
NestedOf<OwnerOf<Reference>> nested(std::string_view name, const Resource& children) {
    static_assert(detail::type_of<TypeOf<Reference>>() == Type::uuid,
                  "A nested list is found by the child's reference to its parent's id: a Uuid.");
    return NestedOf<OwnerOf<Reference>>(
        Relation{.kind = Relation::Kind::many, .name = name, .resource = &children, .member = name_of<Reference>});
}

namespace detail {

/// `doctor` for `doctor_id`.
constexpr std::string_view expanded_name(std::string_view reference) {
    if (reference.ends_with("_id")) reference.remove_suffix(3);
    return reference;
}

}  // namespace detail
}  // namespace terrace::resource
