#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace terrace::testing {

/// Keeps what a test's server answered beside the OpenAPI document that it has to follow, in a file of the folder that
/// TERRACE_EXCHANGES names; tests/support/exchanges.py holds the one against the other when the suite has run. Safe
/// from any thread.
class Exchanges {
  public:
    /// Those of this document, a file a process and document; nullptr where the variable is not set, and then nobody is
    /// asked for the document.
    static std::shared_ptr<Exchanges> of(const std::function<std::string()>& document);

    virtual ~Exchanges() = default;
    /// `content_type` is empty where the answer has none.
    virtual void add(std::string_view method, std::string_view target, int status, std::string_view content_type,
                     std::string_view body) = 0;
};

}  // namespace terrace::testing
