#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/files/holders.hpp"

#include <boost/asio/awaitable.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace terrace::files {

/// Answers the bytes of files, whole or a range (RFC 9110 §14), a chunk at a time in memory. One an event loop.
class Downloads {
  public:
    Downloads(db::Database& database, const std::vector<const resource::Resource*>& resources,
              std::vector<std::string_view> seen_by_members = {})
        : database_(database), holders_(resources, std::move(seen_by_members)) {}

    boost::asio::awaitable<Result<http::Response>> download(api::Context& context);

  private:
    db::Database& database_;
    Holders holders_;
};

}  // namespace terrace::files
