#pragma once

#include "platform/access/permissions.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/statement.hpp"
#include "platform/resource/declaration/field.hpp"
#include "platform/resource/declaration/rule.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::resource {

struct Resource;
class Composer;

/// A predicate over one object, in negation normal form: `!` stands at the leaves only.
struct Predicate {
    enum class Kind : std::uint8_t { own, is, missing, all, any };
    Kind kind = Kind::all;
    bool negated = false;
    const FieldMeta* field = nullptr;
    Value value;
    std::vector<Predicate> parts;
};

/// How far a rule reaches for a caller whose permissions are known: to every object, to none, or to some.
class Reach {
  public:
    enum class Kind : std::uint8_t { nothing, some, everything };

    explicit Reach(bool everything) : kind_(everything ? Kind::everything : Kind::nothing) {}
    explicit Reach(Predicate predicate) : kind_(Kind::some), predicate_(std::move(predicate)) {}

    Kind kind() const { return kind_; }
    /// Whether `object`, of the resource's struct, lies within.
    bool admits(const void* object, const Uuid& user) const;
    /// ` and (doctor_id = $3 or status = $4)`, over leakproof operators only; empty where it reaches everything.
    void restrict(Composer& text) const;
    /// The parameters of `restrict`, in the same order.
    void bind(const Uuid& user, db::Params& params) const;

  private:
    Kind kind_;
    Predicate predicate_;
};

/// What of a resource a caller may act on, as a part of statements. `index` tells the shapes of statements apart: 0 of
/// everything, else the number of the reach in its guard, from 1.
struct Sight {
    const Reach* reach;
    std::size_t index;
    Uuid user;

    static Sight of_everything();
    bool whole() const { return reach->kind() == Reach::Kind::everything; }
    bool admits(const void* object) const { return reach->admits(object, user); }
};

/// A rule, compiled once at start: what remains of it for every combination of the permissions that it names.
class Guard {
  public:
    /// Throws std::logic_error on a member that is no column and on a rule over more than six permissions.
    Guard(const Resource& resource, const Rule& rule);

    /// A nil user is the system, which is bound by no rule; no `permissions` are none.
    Sight sight(const access::PermissionSet* permissions, const Uuid& user) const;
    /// Whether the caller reaches anything at all; else the request is refused before it is read.
    bool admits(const access::Principal& principal) const;

    const std::vector<std::string>& permissions() const { return permissions_; }
    const std::vector<Reach>& reaches() const { return reaches_; }
    /// For a person: ``bookings.read or own doctor_id``.
    const std::string& text() const { return text_; }
    /// Whether it looks at permissions only.
    bool is_of_permissions() const;
    bool is_one_permission() const { return one_permission_; }

  private:
    std::size_t held(const access::PermissionSet& permissions) const;

    std::vector<std::string> permissions_;
    std::vector<Reach> reaches_;  ///< by the permissions held, a bit each
    std::string text_;
    bool one_permission_;
};

}  // namespace terrace::resource
