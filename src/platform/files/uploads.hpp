#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/files/media_type.hpp"
#include "platform/resource/input/idempotency.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <string>

namespace terrace::files {

/// Takes files in pieces: begun by name and size, then chunk by chunk in any order, each a request and a unit of its
/// own; the last one makes the file stored. What a bad line cuts is one chunk, and sending one again is harmless.
/// (One long body would be lost whole, and nginx reads a body to its end before it passes on the first byte.) One an
/// event loop.
class Uploads {
  public:
    /// `quota`: bytes that a tenant's files may take, those being uploaded by their announced size among them.
    Uploads(db::Database& database, std::int64_t quota) : database_(database), quota_(quota) {}

    boost::asio::awaitable<Result<http::Response>> begin(api::Context& context);
    boost::asio::awaitable<Result<http::Response>> put_chunk(api::Context& context);
    boost::asio::awaitable<Result<http::Response>> remove(api::Context& context);

  private:
    boost::asio::awaitable<Result<http::Response>> replay(api::Context& context, const resource::IdempotencyKey& key);
    boost::asio::awaitable<Result<std::string>> type_by_first_chunk(const api::Context& context, const Uuid& file);

    db::Database& database_;
    std::int64_t quota_;
    MediaTypes types_;
};

}  // namespace terrace::files
