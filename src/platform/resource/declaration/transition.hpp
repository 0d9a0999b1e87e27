#pragma once

#include "platform/resource/declaration/action.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

/// State machines: a member whose value changes by declared steps only. `state<&Booking::status>(…)` makes it
/// read-only, and each of its transitions is an action on one object. From any other state it is refused with 409
/// `invalid_transition`; of two at once one wins, and the other finds the state that it left.
namespace terrace::resource {

/// A transition being declared; Owner is void until it names the struct.
template <class Owner>
class TransitionOf {
  public:
    explicit TransitionOf(Action action) : action_(std::move(action)) {}

    /// Who may do it; without it the permission `<plural>.<name>` decides.
    template <class T>
    auto needs(RuleOf<T> rule) && {
        static_assert(std::is_void_v<Owner> || std::is_void_v<T> || std::is_same_v<Owner, T>,
                      "A rule of this transition names members of its resource's struct.");
        action_.rule = std::move(rule.rule);
        return TransitionOf<std::conditional_t<std::is_void_v<Owner>, T, Owner>>(std::move(action_));
    }
    TransitionOf needs(PermissionName permission) && { return std::move(*this).needs(holds(permission)); }
    /// Looks at the object (`previous` is before, `object` after the step), and may refuse, report errors, or complete
    /// it.
    template <class T>
    auto guard(void (*guard)(Write<T, NoInput>&)) && {
        static_assert(std::is_void_v<Owner> || std::is_same_v<Owner, T>, "This guard is for another struct.");
        action_.run = [guard](WriteState& state) {
            Write<T, NoInput> write(state);
            guard(write);
        };
        return TransitionOf<T>(std::move(action_));
    }
    /// Its guard may call `refuse(errors::conflict(code, …))`; `meaning` says when, in the API's documentation.
    TransitionOf refuses(std::string_view code, std::string_view meaning) && {
        action_.refusals.push_back({code, meaning});
        return std::move(*this);
    }
    TransitionOf summary(std::string_view text) && {
        action_.summary = text;
        return std::move(*this);
    }

    Action take() && { return std::move(action_); }

  private:
    Action action_;
};

/// `transition("confirm", {"requested"}, "confirmed")`: from one of these states to that one.
template <std::size_t N>
TransitionOf<void> transition(ActionName name, const std::string_view (&from)[N], std::string_view to) {
    Action action{.name = name.text, .input_type = detail::object_type<NoInput>};
    action.transition = Action::Transition{{}, {from, from + N}, to};
    return TransitionOf<void>(std::move(action));
}

/// The same for one that takes an input: `transition(action<&cancel>("cancel").takes(…), {"requested"}, "cancelled")`.
template <class T, class In, bool Taken, std::size_t N>
TransitionOf<T> transition(ActionOf<T, In, void, Taken, true> step, const std::string_view (&from)[N],
                           std::string_view to) {
    static_assert(Taken, "This transition has an input: describe it with takes(argument<&Input::member>, …).");
    Action action = std::move(step).take();
    action.transition = Action::Transition{{}, {from, from + N}, to};
    return TransitionOf<T>(std::move(action));
}

}  // namespace terrace::resource
