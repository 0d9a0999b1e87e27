#pragma once

#include "platform/base/json.hpp"
#include "platform/db/rows.hpp"
#include "platform/resource/declaration/field.hpp"
#include "platform/tenancy/tenant.hpp"

#include <cstddef>

namespace terrace::resource {

struct Resource;

/// One row of a resource's table, as the database answered it: its columns in the order of the resource's fields.
struct Row {
    const Resource& resource;
    const db::Rows& rows;
    std::size_t index;
    const tenancy::Tenant& tenant;

    /// Throws std::logic_error when the resource has no such column (a bug).
    Value value(std::string_view name) const;
};

/// A row seen as the resource's struct, member by member, without making one: what computed fields read.
template <class T>
class RowView {
  public:
    explicit RowView(const Row& row) : row_(row) {}

    template <auto Member>
    TypeOf<Member> get() const {
        static_assert(std::is_same_v<OwnerOf<Member>, T>, "This member is of another struct.");
        return detail::from_value<TypeOf<Member>>(row_.value(name_of<Member>));
    }
    const tenancy::Tenant& tenant() const { return row_.tenant; }

  private:
    const Row& row_;
};

namespace detail {

template <class>
struct ComputeSignature;
template <class Result, class T>
struct ComputeSignature<Result (*)(const RowView<T>&)> {
    using Type = Result;
    using Owner = T;
};

/// Writes a value as JSON.
void write_value(const Value& value, json::Writer& out);

}  // namespace detail

/// A field that a function answers: `computed<&age>("age")` with `std::int64_t age(const RowView<Patient>&)`.
template <auto Function>
struct Computed : detail::Options {
    using Signature = detail::ComputeSignature<decltype(Function)>;
    static constexpr Type type = detail::type_of<typename Signature::Type>();
    using Plain = detail::Plain<typename Signature::Type>;

    constexpr explicit Computed(std::string_view name) {
        meta.name = name;
        meta.source = FieldMeta::Source::computed;
        meta.type = type;
        meta.scale = detail::scale_of<Plain>;
        if (type == Type::decimal) meta.max_digits = most_decimal_digits;
        meta.nullable = detail::Nullable<typename Signature::Type>::value;
        meta.accepted = false;
        meta.compute = [](const Row& row, json::Writer& out) {
            detail::write_value(detail::to_value(Function(RowView<typename Signature::Owner>(row))), out);
        };
    }
};

template <auto Function>
constexpr Computed<Function> computed(std::string_view name) {
    return Computed<Function>(name);
}

}  // namespace terrace::resource
