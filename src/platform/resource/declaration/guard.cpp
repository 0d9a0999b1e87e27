#include "platform/resource/declaration/guard.hpp"

#include "platform/resource/query/composer.hpp"
#include "platform/resource/query/projection.hpp"
#include "platform/resource/resource.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <variant>

namespace terrace::resource {
namespace {

constexpr std::size_t most_permissions = 6;

const Reach everything(true);

void collect_permissions(const Rule& rule, std::vector<std::string>& names) {
    if (rule.kind == Rule::Kind::holds && std::ranges::find(names, rule.name) == names.end())
        names.emplace_back(rule.name);
    for (const Rule& part : rule.parts) collect_permissions(part, names);
}

/// A rule once the permissions are known.
using Remainder = std::variant<bool, Predicate>;

/// Makes what remains of a rule for one combination of permissions.
class Simplifier {
  public:
    Simplifier(const Resource& resource, const std::vector<std::string>& permissions, std::size_t held)
        : resource_(resource), permissions_(permissions), held_(held) {}

    Remainder simplify(const Rule& rule, bool negated) const {
        switch (rule.kind) {
            case Rule::Kind::holds:
                return is_held(rule.name) != negated;
            case Rule::Kind::own:
                return leaf(Predicate::Kind::own, rule, negated);
            case Rule::Kind::is:
                return leaf(Predicate::Kind::is, rule, negated);
            case Rule::Kind::missing:
                return leaf(Predicate::Kind::missing, rule, negated);
            case Rule::Kind::negation:
                return simplify(rule.parts.front(), !negated);
            case Rule::Kind::all:
            case Rule::Kind::any:
                return join(rule, negated);
        }
        std::unreachable();
    }

  private:
    bool is_held(std::string_view name) const {
        const auto found = std::ranges::find(permissions_, name);
        return (held_ >> static_cast<std::size_t>(found - permissions_.begin()) & 1U) != 0;
    }

    Predicate leaf(Predicate::Kind kind, const Rule& rule, bool negated) const {
        const FieldMeta& field = resource_.column(rule.name);
        if (field.is_named_by_key() && kind != Predicate::Kind::missing)
            throw std::logic_error(
                fmt::format("The description of the resource {}: a rule compares {}, a reference that is kept by id; "
                            "of such a rule "
                            "may ask whether it is missing.",
                            resource_.name, field.name));
        return {kind, negated, &field, rule.value, {}};
    }

    /// By De Morgan, `!(a && b)` is `!a || !b`.
    Remainder join(const Rule& rule, bool negated) const {
        const bool all = (rule.kind == Rule::Kind::all) != negated;
        Predicate joined{.kind = all ? Predicate::Kind::all : Predicate::Kind::any};
        for (const Rule& part : rule.parts) {
            Remainder remainder = simplify(part, negated);
            if (const bool* constant = std::get_if<bool>(&remainder)) {
                if (*constant != all) return *constant;
            } else {
                joined.parts.push_back(std::get<Predicate>(std::move(remainder)));
            }
        }
        if (joined.parts.empty()) return all;
        if (joined.parts.size() == 1) return std::move(joined.parts.front());
        return joined;
    }

    const Resource& resource_;
    const std::vector<std::string>& permissions_;
    std::size_t held_;
};

bool holds_for(const Predicate& predicate, const void* object, const Uuid& user) {
    const auto of_part = [&](const Predicate& part) { return holds_for(part, object, user); };
    switch (predicate.kind) {
        case Predicate::Kind::own:
            return (predicate.field->get(object) == Value(user)) != predicate.negated;
        case Predicate::Kind::is:
            return (predicate.field->get(object) == predicate.value) != predicate.negated;
        case Predicate::Kind::missing:
            return is_null(predicate.field->get(object)) != predicate.negated;
        case Predicate::Kind::all:
            return std::ranges::all_of(predicate.parts, of_part);
        case Predicate::Kind::any:
            return std::ranges::any_of(predicate.parts, of_part);
    }
    std::unreachable();
}

/// Whether a column equals the next parameter; null equals nothing, also under a negation.
void compose_equality(const Predicate& predicate, Composer& text) {
    text << *predicate.field->column;
    if (!predicate.negated)
        text << " = ";
    else if (predicate.field->nullable)
        text << " is distinct from ";
    else
        text << " <> ";
    text << text.next();
}

void compose(const Predicate& predicate, Composer& text) {
    switch (predicate.kind) {
        case Predicate::Kind::own:
        case Predicate::Kind::is:
            return compose_equality(predicate, text);
        case Predicate::Kind::missing:
            text << predicate.field->stored_in()
                 << (predicate.negated ? db::Fragment(" is not null") : db::Fragment(" is null"));
            return;
        case Predicate::Kind::all:
        case Predicate::Kind::any:
            break;
    }
    const auto separator = predicate.kind == Predicate::Kind::all ? db::Fragment(" and ") : db::Fragment(" or ");
    text << "(";
    for (const Predicate& part : predicate.parts) {
        if (&part != &predicate.parts.front()) text << separator;
        compose(part, text);
    }
    text << ")";
}

void bind_parts(const Predicate& predicate, const Uuid& user, db::Params& params) {
    if (predicate.kind == Predicate::Kind::own) params.add(user);
    if (predicate.kind == Predicate::Kind::is) bind_value(predicate.value, params);
    for (const Predicate& part : predicate.parts) bind_parts(part, user, params);
}

std::string text_of_value(const Value& value) {
    std::string text;
    json::Writer writer(text);
    detail::write_value(value, writer);
    return text;
}

std::string text_of(const Rule& rule) {
    switch (rule.kind) {
        case Rule::Kind::holds:
            return std::string(rule.name);
        case Rule::Kind::own:
            return fmt::format("own {}", rule.name);
        case Rule::Kind::is:
            return fmt::format("{} is {}", rule.name, text_of_value(rule.value));
        case Rule::Kind::missing:
            return fmt::format("no {}", rule.name);
        case Rule::Kind::negation:
            return fmt::format("not ({})", text_of(rule.parts.front()));
        case Rule::Kind::all:
        case Rule::Kind::any:
            break;
    }
    std::string text;
    for (const Rule& part : rule.parts) {
        if (!text.empty()) text += rule.kind == Rule::Kind::all ? " and " : " or ";
        const bool joins = part.kind == Rule::Kind::all || part.kind == Rule::Kind::any;
        text += joins && part.kind != rule.kind ? fmt::format("({})", text_of(part)) : text_of(part);
    }
    return text;
}

}  // namespace

bool Reach::admits(const void* object, const Uuid& user) const {
    if (kind_ != Kind::some) return kind_ == Kind::everything;
    return holds_for(predicate_, object, user);
}

void Reach::restrict(Composer& text) const {
    if (kind_ == Kind::everything) return;
    text << " and ";
    if (kind_ == Kind::nothing)
        text << "false";
    else
        compose(predicate_, text);
}

void Reach::bind(const Uuid& user, db::Params& params) const {
    if (kind_ == Kind::some) bind_parts(predicate_, user, params);
}

Sight Sight::of_everything() {
    return {&everything, 0, {}};
}

Guard::Guard(const Resource& resource, const Rule& rule)
    : text_(text_of(rule)), one_permission_(rule.kind == Rule::Kind::holds) {
    collect_permissions(rule, permissions_);
    if (permissions_.size() > most_permissions)
        throw std::logic_error(fmt::format("The description of the resource {}: a rule names at most {} permissions.",
                                           resource.name, most_permissions));
    for (std::size_t held = 0; held < std::size_t{1} << permissions_.size(); ++held) {
        Remainder remainder = Simplifier(resource, permissions_, held).simplify(rule, false);
        if (const bool* constant = std::get_if<bool>(&remainder))
            reaches_.emplace_back(*constant);
        else
            reaches_.emplace_back(std::get<Predicate>(std::move(remainder)));
    }
}

std::size_t Guard::held(const access::PermissionSet& permissions) const {
    std::size_t held = 0;
    for (std::size_t i = 0; i < permissions_.size(); ++i)
        if (permissions.allows(permissions_[i])) held |= std::size_t{1} << i;
    return held;
}

Sight Guard::sight(const access::PermissionSet* permissions, const Uuid& user) const {
    if (user.is_nil()) return Sight::of_everything();
    const std::size_t index = permissions ? held(*permissions) : 0;
    const Reach& reach = reaches_[index];
    return {&reach, reach.kind() == Reach::Kind::everything ? 0 : index + 1, user};
}

bool Guard::admits(const access::Principal& principal) const {
    return principal.permissions && reaches_[held(*principal.permissions)].kind() != Reach::Kind::nothing;
}

bool Guard::is_of_permissions() const {
    return std::ranges::none_of(reaches_, [](const Reach& reach) { return reach.kind() == Reach::Kind::some; });
}

}  // namespace terrace::resource
