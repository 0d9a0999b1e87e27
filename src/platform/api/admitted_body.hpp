#pragma once

#include "platform/api/pipeline.hpp"
#include "platform/http/body_source.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace terrace::api {

/// The rest of a body that goes on while its caller is admitted: before each piece their session, organisation and
/// permissions are asked for again, as at each request, and where one has ended or changed so does the body. A slow
/// client may take an hour over one. The access token is not looked at again: it lives for minutes.
class AdmittedBody final : public http::BodySource {
  public:
    /// `parts` outlive it.
    AdmittedBody(const PipelineParts& parts, access::Principal principal, db::TenantScope scope,
                 std::unique_ptr<http::BodySource> inner);

    std::optional<std::uint64_t> length() const override { return inner_->length(); }
    /// 401 or 403 when the caller is not admitted any more.
    boost::asio::awaitable<Result<std::string>> next() override;

  private:
    boost::asio::awaitable<Result<void>> check() const;

    const PipelineParts& parts_;
    access::Principal principal_;
    db::TenantScope scope_;
    std::unique_ptr<http::BodySource> inner_;
};

}  // namespace terrace::api
