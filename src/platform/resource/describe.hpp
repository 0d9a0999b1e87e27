#pragma once

#include "platform/resource/finish.hpp"

#include <boost/pfr/tuple_size.hpp>

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace terrace::resource {

namespace detail {

template <class Option>
inline constexpr bool is_field = false;
template <auto Member>
inline constexpr bool is_field<Field<Member>> = true;

template <class Option, class T>
consteval bool belongs_to() {
    if constexpr (requires { Option::member; })
        return std::is_same_v<OwnerOf<Option::member>, T>;
    else
        return std::is_same_v<typename Option::Signature::Owner, T>;
}

template <class... Options>
consteval bool all_distinct() {
    std::array<std::string_view, sizeof...(Options)> names{};
    std::size_t count = 0;
    (
        [&] {
            if constexpr (is_field<Options>) names[count++] = name_of<Options::member>;
        }(),
        ...);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i + 1; j < count; ++j)
            if (names[i] == names[j]) return false;
    return true;
}

template <class T, class... Options>
consteval bool describes_every_member() {
    return (std::size_t{is_field<Options>} + ...) == boost::pfr::tuple_size_v<T>;
}

template <class In, class... Options>
consteval bool describes_every_input() {
    return (std::size_t{belongs_to<Options, In>()} + ...) == boost::pfr::tuple_size_v<In>;
}

}  // namespace detail

/// The description of a resource under way; `build` makes the Resource.
template <class T, class In>
class Description {
  public:
    explicit Description(Resource resource) : resource_(std::move(resource)) {}

    /// Clients may narrow the list by this field: `filter<&Widget::stock>(lookup::exact, lookup::range)`; no lookup is
    /// `exact`, `?stock=5`. An index serves each. Of the filters in one request the first two, in the order of
    /// declaration, are searched by index, the others are checked row by row: declare the narrowest first.
    template <auto Member, class... Lookups>
    Description filter(Lookups... lookups) && {
        static_assert(std::is_same_v<OwnerOf<Member>, T>, "A filter is by a member of the resource's struct.");
        if constexpr (sizeof...(Lookups) == 0)
            detail::add_lookups<Member>(lookup::exact, {}, parts_.filters);
        else
            (detail::add_lookups<Member>(lookups, {}, parts_.filters), ...);
        return std::move(*this);
    }
    /// Clients may narrow the list by a field of the resource that `Reference` points to, within the tenant:
    /// `filter_related<&Visit::patient_id, &Patient::sex>(patients(), lookup::exact)` takes `?patient__sex=female`.
    /// `other` is of static storage; an index serves its column there, and the reference's here.
    template <auto Reference, auto Member, class... Lookups>
    Description filter_related(const Resource& other, Lookups... lookups) && {
        static_assert(std::is_same_v<OwnerOf<Reference>, T>, "The reference is a member of the resource's struct.");
        static_assert(detail::type_of<TypeOf<Reference>>() == Type::uuid, "A reference is a Uuid: the other's id.");
        static_assert(sizeof...(Lookups) != 0, "A related filter names its lookups, such as lookup::exact.");
        const detail::FilterPart part{
            .field = {}, .lookup = {}, .within = {}, .resource = &other, .by = name_of<Reference>};
        (detail::add_lookups<Member>(lookups, part, parts_.filters), ...);
        return std::move(*this);
    }
    /// `?search=` by word prefixes, which stand in `token_table` (tenant_id, token collate "C", object_id), and by at
    /// most one whole number.
    Description search(db::Fragment token_table, std::initializer_list<SearchSource> sources) && {
        resource_.search = Resource::Search{.table = token_table, .sources = {}};
        parts_.search_sources = sources;
        return std::move(*this);
    }
    /// What clients may order by, and `otherwise` (with `-` for descending) where they do not say.
    Description orderings(std::string_view otherwise, std::initializer_list<Ordering> orderings) && {
        parts_.orderings = orderings;
        resource_.default_ordering = otherwise;
        return std::move(*this);
    }
    /// The children that refer to the object, as a list in its answer (relation.hpp).
    template <class Child>
    Description nested(NestedOf<Child> list) && {
        static_assert(!std::is_same_v<Child, T>, "A nested list is of another resource: objects refer to a parent.");
        resource_.relations.push_back(std::move(list).take());
        return std::move(*this);
    }
    /// `?expand=doctor` answers the object that `doctor_id` refers to beside the id, as the member `doctor`; null where
    /// there is none or the caller may not see it, which are not told apart. `other` is of static storage.
    template <auto Reference>
    Description expand(const Resource& other, std::string_view name = detail::expanded_name(name_of<Reference>)) && {
        static_assert(std::is_same_v<OwnerOf<Reference>, T>, "The reference is a member of the resource's struct.");
        resource_.relations.push_back({.kind = Relation::Kind::one,
                                       .name = name,
                                       .resource = &other,
                                       .member = name_of<Reference>,
                                       .on_demand = true});
        return std::move(*this);
    }
    /// How deep `expand=` goes: 1 to 3, 2 unless said.
    Description expand_depth(std::size_t depth) && {
        resource_.expand_depth = depth;
        return std::move(*this);
    }
    /// DELETE archives (the struct has `std::optional<Timestamp> archived_at`), `POST …/restore` brings back, lists
    /// show what is not archived unless `?archived=true`.
    Description archivable() && {
        static_assert(
            requires(T object) { object.archived_at = std::optional<Timestamp>(); },
            "An archivable resource's struct has the member std::optional<Timestamp> archived_at.");
        resource_.archivable = true;
        return std::move(*this);
    }
    /// Clients may write many objects in one request: POST a list of them, PATCH the list by a list of changes with
    /// ids, DELETE `{"ids":[…]}`. All or none is written, or with `?partial=true` all that is right; errors are told by
    /// index. The permissions are those of one object.
    Description bulk(Bulk bulk = {}) && {
        resource_.bulk = bulk;
        return std::move(*this);
    }
    /// New objects get the next number of the tenant's counter of this name. Numbers may have gaps.
    template <auto Member>
    Description numbered(std::string_view counter) && {
        static_assert(detail::type_of<TypeOf<Member>>() == Type::integer, "A number is a std::int64_t.");
        parts_.number = {name_of<Member>, counter};
        return std::move(*this);
    }
    /// Who may do this; without it the permission `<plural>.<act>` decides. See rule.hpp for what rules are made of.
    template <class Owner>
    Description allow(Act act, RuleOf<Owner> rule) && {
        static_assert(std::is_void_v<Owner> || std::is_same_v<Owner, T>,
                      "A rule of this resource names members of its own struct.");
        parts_.rules.emplace_back(act, std::move(rule.rule));
        return std::move(*this);
    }
    /// What else can be done to one object or to the list (action.hpp).
    template <class Owner, class Input, class Answer, bool Taken, bool Answered>
    Description action(ActionOf<Owner, Input, Answer, Taken, Answered> action) && {
        static_assert(std::is_same_v<Owner, T>, "An action of another resource stands in this description.");
        static_assert(Taken, "This action has an input: describe it with takes(argument<&Input::member>, …).");
        static_assert(Answered, "This action has an answer: describe it with answers(output<&Answer::member>, …).");
        resource_.actions.push_back(std::move(action).take());
        return std::move(*this);
    }
    /// A member that changes by these transitions only (transition.hpp). New objects have the member's initial value.
    template <auto Member, class... Owners>
    Description state(TransitionOf<Owners>... transitions) && {
        static_assert(detail::type_of<TypeOf<Member>>() == Type::text && !detail::Nullable<TypeOf<Member>>::value,
                      "A state is a std::string with choices.");
        static_assert(((std::is_void_v<Owners> || std::is_same_v<Owners, T>) && ...),
                      "A transition of another struct stands in this description.");
        const auto add = [&](Action action) {
            action.transition->field = name_of<Member>;
            resource_.actions.push_back(std::move(action));
        };
        (add(std::move(transitions).take()), ...);
        return std::move(*this);
    }
    /// On create exactly one of these inputs is given; on update exactly one or none.
    template <auto... Members>
    Description exactly_one_of(std::string_view message) && {
        parts_.exactly_one.push_back({{name_of<Members>...}, message});
        return std::move(*this);
    }
    /// No two objects of a tenant agree in all of these, which `constraint` sees to. An error of the whole object
    /// (`unique`).
    template <auto... Members>
    Description unique_together(std::string_view constraint) && {
        static_assert(sizeof...(Members) > 1, "One field that is unique says so: field<…>.unique(constraint).");
        parts_.unique_together.push_back({constraint, {name_of<Members>...}});
        return std::move(*this);
    }
    /// What the violation of `constraint` (unique, exclusion or check) means: an error of this field.
    template <auto Member>
    Description violation(std::string_view constraint, std::string_view code, std::string_view message) && {
        static_assert(std::is_same_v<OwnerOf<Member>, T> || std::is_same_v<OwnerOf<Member>, In>,
                      "The violation names a member of another struct.");
        return std::move(*this).violated(constraint, name_of<Member>, code, message);
    }
    /// The same as an error of the whole object.
    Description violation(std::string_view constraint, std::string_view code, std::string_view message) && {
        return std::move(*this).violated(constraint, "non_field_errors", code, message);
    }
    /// A check or a hook before the write may call `refuse(errors::conflict(code, …))`; `meaning` says when, in the
    /// API's documentation.
    Description refuses(std::string_view code, std::string_view meaning) && {
        resource_.refusals.push_back({code, meaning});
        return std::move(*this);
    }
    /// Completes the object before the checks look at it, once every field is valid by itself: what follows from other
    /// fields, from the tenant or from who asks.
    Description before_validation(void (*hook)(Write<T, In>&)) && {
        resource_.before_validation.push_back(typed(hook));
        return std::move(*this);
    }
    /// Looks at the whole object once every field is valid by itself; on update at the merged object.
    Description check(void (*check)(Write<T, In>&)) && {
        resource_.checks.push_back(typed(check));
        return std::move(*this);
    }
    /// Completes the object after all checks: what is derived, what must run in the same unit.
    Description before_write(void (*hook)(Write<T, In>&)) && {
        resource_.before_write.push_back(typed(hook));
        return std::move(*this);
    }

    /// Runs once the write is committed, beside the answer: it can neither delay nor fail the request, and is lost when
    /// the process ends (what must happen belongs in before_write). At most 100 run at once on a loop; more are dropped
    /// with a line in the log. `hook` is awaitable<void> (Committed<T>).
    Description after_commit(boost::asio::awaitable<void> (*hook)(Committed<T>)) && {
        resource_.after_commit.push_back([hook](CommittedState state) { return hook(Committed<T>(std::move(state))); });
        return std::move(*this);
    }

    /// Throws std::logic_error, at start, on a description that cannot work.
    Resource build() && { return detail::finish(std::move(resource_), parts_); }

  private:
    Description violated(std::string_view constraint, std::string_view field, std::string_view code,
                         std::string_view message) && {
        resource_.violations.push_back({constraint, field, {std::string(code), std::string(message)}});
        return std::move(*this);
    }
    static Resource::Hook typed(void (*hook)(Write<T, In>&)) {
        return [hook](WriteState& state) {
            Write<T, In> write(state);
            hook(write);
        };
    }

    Resource resource_;
    detail::Parts parts_;
};

/// What a resource is called.
struct Names {
    std::string_view plural;    ///< "patients"
    std::string_view singular;  ///< "patient"
    std::string_view schema;    ///< "Patient"
    db::Fragment table;         ///< "{tenant}.patient"
    std::string_view about;     ///< "Who is treated here": for the API's documentation
};

template <class T, class In = NoInput>
struct Describe {
    Names names;

    /// Every member of the struct by `field`, every one of the input struct by `input`, and the `computed` ones, in the
    /// order of the answer.
    template <class... Option>
    Description<T, In> fields(Option... options) const {
        static_assert(((detail::belongs_to<Option, T>() || detail::belongs_to<Option, In>()) && ...),
                      "A field of another struct stands in this description.");
        static_assert(detail::all_distinct<Option...>(), "A member stands twice in this description.");
        static_assert(detail::describes_every_member<T, Option...>(),
                      "A member of the struct is missing in its description: add a field<&Struct::member> for it.");
        static_assert(detail::describes_every_input<In, Option...>(),
                      "A member of the input struct is missing in the description: add an input<&Struct::member>.");
        static_assert(
            requires(T object) {
                object.id = Uuid();
                object.version = std::int64_t();
                object.created_at = object.updated_at = Timestamp();
            }, "A resource's struct has Uuid id, std::int64_t version, Timestamp created_at and Timestamp updated_at.");
        return Description<T, In>(Resource{.name = names.plural,
                                           .object = names.singular,
                                           .schema = names.schema,
                                           .table = names.table,
                                           .about = names.about,
                                           .fields = {options.meta...},
                                           .object_type = detail::object_type<T>,
                                           .input_type = detail::object_type<In>});
    }
};

/// Begins the description of a resource: `describe<Patient, PatientInput>({…}).fields(…)….build()`.
template <class T, class In = NoInput>
Describe<T, In> describe(Names names) {
    return {names};
}

}  // namespace terrace::resource
