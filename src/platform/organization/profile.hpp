#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"
#include "platform/tenancy/directory.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace terrace::organization {

/// What an organisation says of itself, in the catalog.
struct Profile {
    std::string name;
    std::string slug;
    std::string locale;     ///< "en-IN", "hi-IN"
    std::string time_zone;  ///< IANA name
    std::int64_t version = 0;
};

/// What is to become of it; what is empty stays.
struct ProfileChange {
    std::optional<std::string> name;
    std::optional<std::string> slug;
    std::optional<std::string> locale;
    std::optional<std::string> time_zone;
};

/// For one event loop. The referenced parts must outlive it.
class Profiles {
  public:
    Profiles(db::Database& database, tenancy::Directory& directory) : database_(database), directory_(directory) {}

    boost::asio::awaitable<Result<Profile>> read(Uuid tenant);
    /// Writes over the version `known` alone, or over any; nothing when there is no such one (any more). 409
    /// `slug_taken`, also for a slug that another organisation has left less than 30 days ago. The slug that this one
    /// leaves is unknown within a second, and kept for it for 30 days; 409 `slug_limit` when it keeps three already.
    boost::asio::awaitable<Result<std::optional<Profile>>> write(Uuid tenant, std::optional<std::int64_t> known,
                                                                 ProfileChange change);

  private:
    boost::asio::awaitable<Error> slug_limit(Uuid tenant);

    db::Database& database_;
    tenancy::Directory& directory_;
};

/// Whether it is a zone's IANA name that this machine's tz database has, such as `Asia/Kolkata` or `UTC`.
bool is_time_zone(const std::string& name);

}  // namespace terrace::organization
