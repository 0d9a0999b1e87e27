#pragma once

#include "platform/base/crypto.hpp"

#include <memory>
#include <string_view>

struct evp_md_ctx_st;

namespace terrace::crypto {

/// SHA-256 of what comes piece by piece. Throws std::runtime_error when OpenSSL fails.
class Sha256 {
  public:
    Sha256();

    void add(std::string_view data);
    /// Of all that was added; to be called once.
    Digest finish();

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace terrace::crypto
