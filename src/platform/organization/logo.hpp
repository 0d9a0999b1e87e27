#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::organization {

/// As what a picture's file is held (files/holders.hpp): every member may see it.
inline constexpr std::string_view logo_holder = "organization";

/// The picture of an organisation: a file of its place, uploaded as every other is (docs/files.md).
struct Logo {
    Uuid file;
    std::string name;
    std::string media_type;
    std::int64_t size = 0;
};

inline constexpr std::int64_t most_logo_bytes = std::int64_t{2} * 1024 * 1024;

/// For one event loop. The database must outlive it.
class Logos {
  public:
    explicit Logos(db::Database& database) : database_(database) {}

    boost::asio::awaitable<Result<std::optional<Logo>>> read(db::TenantScope scope);
    /// Why `user` cannot give this file as the picture, named by field; nothing where it can be.
    boost::asio::awaitable<Result<void>> check(db::TenantScope scope, Uuid user, Uuid file);
    /// Takes the file up, lets go of the one before, and writes `audit`, in one unit; no file: only lets go. Two at
    /// once wait for each other at the organisation's row, so that the one before is let go of whoever is last.
    boost::asio::awaitable<Result<void>> write(db::TenantScope scope, Uuid user, std::optional<Uuid> file,
                                               db::Statement audit);

  private:
    db::Database& database_;
};

}  // namespace terrace::organization
