#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace terrace::testing {

/// A real DNS server on this machine with the records that a test publishes (tests/support/dns_server.py). Throws
/// std::runtime_error when it does not start.
class DnsServer {
  public:
    DnsServer();
    ~DnsServer();
    DnsServer(const DnsServer&) = delete;
    DnsServer& operator=(const DnsServer&) = delete;

    /// `127.0.0.1:<port>`.
    const std::string& address() const { return address_; }
    /// The TXT records of a name from now on; none takes the name away.
    void publish(const std::string& name, const std::vector<std::string>& texts);
    /// The name's question is answered late or never, or by a failure: `silent`, `fail`.
    void break_name(const std::string& name, const std::string& how);

  private:
    void write(const std::string& name, const std::string& json) const;

    std::filesystem::path folder_;  ///< a file a name
    std::string address_;
    pid_t process_ = -1;
};

}  // namespace terrace::testing
