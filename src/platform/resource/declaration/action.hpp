#pragma once

#include "platform/resource/declaration/field.hpp"
#include "platform/resource/declaration/guard.hpp"
#include "platform/resource/declaration/rule.hpp"
#include "platform/resource/declaration/transaction.hpp"
#include "platform/resource/declaration/write.hpp"

#include <boost/pfr/tuple_size.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace terrace::resource {

struct Resource;

/// What a resource can do beside the standard acts, as the engine reads it; made by `action`, `list_action` and
/// `transition`. On one object it is `POST /bookings/{id}/move`, on the list `POST /bookings/shift`.
struct Action {
    std::string_view name;  ///< "move", "mark-no-show"
    std::string_view summary;
    /// The fields of its input and of its answer; made by `finish`, null where the answer is the object.
    std::vector<FieldMeta> input_fields, output_fields;
    std::shared_ptr<const Resource> input, output;
    ObjectType input_type;
    std::optional<Rule> rule;
    std::shared_ptr<const Guard> guard;  ///< of `rule`, else of the permission `<plural>.<name>`

    /// Of a step of a state machine.
    struct Transition {
        std::string_view field;
        std::vector<std::string_view> from;
        std::string_view to;
        const FieldMeta* meta = nullptr;

        /// `requested or confirmed`.
        std::string sources() const;
    };
    std::optional<Transition> transition;

    /// What it may be refused with (409) beside a wrong state, by code, each with a sentence.
    struct Refusal {
        std::string_view code, meaning;
    };
    std::vector<Refusal> refusals;

    std::function<void(WriteState&)> run;  ///< on one object; may be empty
    std::function<boost::asio::awaitable<Result<Object>>(TransactionState&)> run_on_list;

    bool on_list() const { return static_cast<bool>(run_on_list); }
    /// The name as a part of permissions and operation ids: `mark_no_show`.
    std::string word() const;
    /// The name as a part of schemas: `MarkNoShow`.
    std::string title() const;
    /// The kind of problem that its refusals are, `BookingConfirmProblem`; made by `finish`, empty where it has none.
    std::string_view problem;
};

/// The name of an action, checked when the program is compiled.
struct ActionName {
    std::string_view text;

    template <std::size_t N>
    consteval ActionName(const char (&name)[N]) : text(name, N - 1) {  // NOLINT(google-explicit-constructor)
        constexpr std::string_view standard[] = {"list",   "create",  "retrieve",    "read",
                                                 "update", "replace", "archive",     "restore",
                                                 "bulk",   "export",  "update-many", "archive-many"};
        for (const std::string_view word : standard)
            if (text == word) throw "This is the name of a standard action; give yours another.";
        for (const char c : text)
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
                throw "The name of an action stands in a path: lower case with hyphens, such as mark-no-show.";
        if (text.empty() || text.front() < 'a') throw "The name of an action begins with a letter.";
    }
};

namespace detail {

template <class>
struct ActionSignature;
template <class Out, class T, class In>
struct ActionSignature<Out (*)(Write<T, In>&)> {
    using Owner = T;
    using Input = In;
    using Output = Out;
};
template <class Out, class T, class In>
struct ActionSignature<boost::asio::awaitable<Result<Out>> (*)(Transaction<T, In>&)> {
    using Owner = T;
    using Input = In;
    using Output = Out;
};

template <class Struct, class... Options>
consteval void check_members() {
    static_assert((std::is_same_v<OwnerOf<Options::member>, Struct> && ...),
                  "A member of another struct stands in this action.");
    static_assert(sizeof...(Options) == boost::pfr::tuple_size_v<Struct>,
                  "A member of the struct is missing in this action: add an argument<&Struct::member> (or an "
                  "output<&Struct::member>) for it.");
}

}  // namespace detail

/// An action being declared. `Taken` and `Answered`: its structs are described, or there is nothing to describe.
template <class T, class In, class Out, bool Taken, bool Answered>
class ActionOf {
  public:
    explicit ActionOf(Action action) : action_(std::move(action)) {}

    /// The members of the input struct, each with its validators: `argument<&Move::room>.required().between(1, 9)`.
    template <class... Options>
    ActionOf<T, In, Out, true, Answered> takes(Options... options) && {
        detail::check_members<In, Options...>();
        action_.input_fields = {options.meta...};
        return ActionOf<T, In, Out, true, Answered>(std::move(action_));
    }
    /// The members of the answer: `output<&Shifted::count>`.
    template <class... Options>
    ActionOf<T, In, Out, Taken, true> answers(Options... options) && {
        detail::check_members<Out, Options...>();
        action_.output_fields = {options.meta...};
        return ActionOf<T, In, Out, Taken, true>(std::move(action_));
    }
    /// Who may do it; without it the permission `<plural>.<name>` decides. Of an action on one object, the rule looks
    /// at the stored object; an action on the list has none to look at.
    template <class Owner>
    ActionOf needs(RuleOf<Owner> rule) && {
        static_assert(std::is_void_v<Owner> || std::is_same_v<Owner, T>,
                      "A rule of this action names members of its resource's struct.");
        action_.rule = std::move(rule.rule);
        return std::move(*this);
    }
    ActionOf needs(PermissionName permission) && { return std::move(*this).needs(holds(permission)); }
    /// It may call `refuse(errors::conflict(code, …))`; `meaning` says when, in the API's documentation.
    ActionOf refuses(std::string_view code, std::string_view meaning) && {
        action_.refusals.push_back({code, meaning});
        return std::move(*this);
    }
    /// For the API's documentation.
    ActionOf summary(std::string_view text) && {
        action_.summary = text;
        return std::move(*this);
    }

    Action take() && { return std::move(action_); }

  private:
    Action action_;
};

/// An action on one object: `action<&move>("move")` with `void move(Write<Booking, Move>&)`, which changes the object,
/// adds statements to its unit (`first`), reports errors of its input or refuses. It answers the object, or what the
/// function returns. It is a write like PATCH: the resource's checks and hooks run after it, If-Match and
/// Idempotency-Key hold, the audit names it, and where another writer was faster nothing is kept and it runs again on
/// the newer object, so the function has no effect but through its argument.
template <auto Function>
auto action(ActionName name) {
    using Signature = detail::ActionSignature<decltype(Function)>;
    using T = typename Signature::Owner;
    using In = typename Signature::Input;
    using Out = typename Signature::Output;
    Action action{.name = name.text, .input_type = detail::object_type<In>};
    action.run = [](WriteState& state) {
        Write<T, In> write(state);
        if constexpr (std::is_void_v<Out>)
            Function(write);
        else
            state.output = detail::make_object(Function(write));
    };
    return ActionOf < T, In, Out, boost::pfr::tuple_size_v<In> == 0, std::is_void_v < Out >> (std::move(action));
}

/// An action on the list: `list_action<&shift>("shift")` with
/// `awaitable<Result<Shifted>> shift(Transaction<Booking, Shift>&)`: statements of the resource's own in a transaction
/// of their own (transaction.hpp), and an answer of its own.
template <auto Function>
auto list_action(ActionName name) {
    using Signature = detail::ActionSignature<decltype(Function)>;
    using T = typename Signature::Owner;
    using In = typename Signature::Input;
    Action action{.name = name.text, .input_type = detail::object_type<In>};
    action.run_on_list = &detail::run_transaction<Function, T, In>;
    return ActionOf < T, In, typename Signature::Output, boost::pfr::tuple_size_v<In> == 0, false > (std::move(action));
}

namespace detail {

/// Makes the members of state machines read-only and checks their transitions; before the fields are sorted.
void finish_states(Resource& resource);
/// Completes the actions of a resource: their forms, guards and names. Throws as `finish`.
void finish_actions(Resource& resource);

}  // namespace detail
}  // namespace terrace::resource
