#pragma once

#include "platform/resource/declaration/action.hpp"
#include "platform/resource/declaration/committed.hpp"
#include "platform/resource/declaration/field.hpp"
#include "platform/resource/declaration/guard.hpp"
#include "platform/resource/declaration/lookup.hpp"
#include "platform/resource/declaration/ordering.hpp"
#include "platform/resource/declaration/relation.hpp"
#include "platform/resource/declaration/row.hpp"
#include "platform/resource/declaration/transition.hpp"
#include "platform/resource/declaration/write.hpp"

#include <boost/pfr/tuple_size.hpp>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace terrace::resource {

class JsonSchema;

/// Where a search looks: the words of a text, the digits of a phone from its front and from its end, or a whole number.
struct SearchSource {
    enum class Kind { words, digits, number };
    Kind kind;
    std::string_view field;
};

template <auto Member>
constexpr SearchSource words() {
    static_assert(detail::type_of<TypeOf<Member>>() == Type::text, "words is for texts.");
    return {SearchSource::Kind::words, name_of<Member>};
}
/// For phone numbers in E.164.
template <auto Member>
constexpr SearchSource digits() {
    static_assert(detail::type_of<TypeOf<Member>>() == Type::text, "digits is for texts.");
    return {SearchSource::Kind::digits, name_of<Member>};
}
/// For the number by which people know an object: found by the whole of it, in the table itself, so it needs an index.
template <auto Member>
constexpr SearchSource whole_number() {
    static_assert(detail::type_of<TypeOf<Member>>() == Type::integer, "whole_number is for integers.");
    return {SearchSource::Kind::number, name_of<Member>};
}

/// A set of answered fields: bit i stands for Resource::answer[i].
using FieldSet = std::uint64_t;

/// Which writes a client may do to many objects in one request, and to how many.
struct Bulk {
    bool create = true, update = true, archive = true;
    std::size_t most = 100;
};

/// A resource as the engine reads it; made by `describe`. Immutable once built, shared by all threads.
struct Resource {
    std::string_view name;    ///< "patients": its path and the prefix of its permissions
    std::string_view object;  ///< "patient": in the audit
    std::string_view schema;  ///< "Patient": in the API's documentation, with PatientCreate and so on
    db::Fragment table;       ///< "{tenant}.patient"
    std::string_view about;   ///< a sentence for the API's documentation

    std::vector<FieldMeta> fields;           ///< in the order of the answer
    std::vector<const FieldMeta*> columns;   ///< those with a column, in the order of every SELECT
    std::vector<const FieldMeta*> answered;  ///< those shown
    /// How an answer is written: the text before each value (`,"name":`), and where the value is.
    struct AnswerMember {
        std::string before;
        const FieldMeta* field;
        std::size_t column;  ///< of a field with a column
    };
    std::vector<AnswerMember> answer;  ///< at most 64
    FieldSet all_fields = 0;
    /// The answered fields that need a permission, by permission.
    std::vector<std::pair<std::string_view, FieldSet>> guarded_fields;
    bool has_guarded_fields = false;           ///< visible_to or writable_by stands anywhere
    std::vector<const FieldMeta*> acceptable;  ///< those of a body, in the order of declaration
    ObjectType object_type, input_type;

    std::vector<Relation> relations;  ///< in the order of the answer, behind its fields
    std::size_t expand_depth = 2;     ///< how many names `expand=doctor.clinic` joins at most

    std::vector<Filter> filters;
    struct OrderTerm {
        const FieldMeta* field;
        std::size_t column;
        bool descending;
    };
    struct OrderKey {
        std::string name;     ///< "created_at", "colour,-stock"
        std::string reverse;  ///< "-created_at", "-colour,stock"
        std::vector<OrderTerm> terms;
    };
    std::vector<OrderKey> orderings;
    std::string_view default_ordering;
    struct Search {
        db::Fragment table;
        std::vector<std::pair<SearchSource::Kind, const FieldMeta*>> sources;  ///< of the tokens
        const FieldMeta* number = nullptr;                                     ///< or there is none
    };
    std::optional<Search> search;
    bool archivable = false;
    std::optional<Bulk> bulk;
    struct Number {
        const FieldMeta* field;
        std::string_view counter;
    };
    std::optional<Number> number;
    struct ExactlyOne {
        std::vector<const FieldMeta*> fields;
        std::string_view message;
    };
    std::vector<ExactlyOne> exactly_one;
    /// What the violation of a constraint of the table means to a client.
    struct Violation {
        std::string_view constraint;
        std::string_view field;  ///< or `non_field_errors`
        FieldError error;
    };
    std::vector<Violation> violations;
    /// What its own checks and hooks may refuse a write with, and the kind of problem that this is: `BookingProblem`.
    std::vector<Action::Refusal> refusals;
    std::string_view problem;
    using Hook = std::function<void(WriteState&)>;
    std::vector<Hook> before_validation, checks, before_write;
    using CommitHook = std::function<boost::asio::awaitable<void>(CommittedState)>;
    std::vector<CommitHook> after_commit;
    using Pattern = std::unique_ptr<const re2::RE2, void (*)(const re2::RE2*)>;
    std::vector<std::shared_ptr<const JsonSchema>> json_schemas;  ///< the same of JSON fields
    std::vector<Pattern> patterns;  ///< by the index of the field; empty where it has none

    std::array<std::unique_ptr<const Guard>, act_count> guards;  ///< by Act; empty: `<plural>.<act>` decides

    std::vector<Action> actions;
    std::vector<std::unique_ptr<const std::string>> texts;  ///< descriptions that are made at start

    std::size_t id_column = 0, version_column = 0;

    /// `patients.read`, `.create`, `.update`, `.archive`.
    std::string permission(std::string_view action) const;
    std::string permission(Act act) const;
    std::string path() const;
    /// Nothing when there is no such column.
    std::optional<std::size_t> find_column(std::string_view name) const;
    const FieldMeta& column(std::string_view name) const;
    const re2::RE2* pattern_of(const FieldMeta& field) const;
    const JsonSchema& json_schema_of(const FieldMeta& field) const;
    const Guard* guard(Act act) const { return guards[static_cast<std::size_t>(act)].get(); }
};

}  // namespace terrace::resource
