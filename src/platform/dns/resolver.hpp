#pragma once

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

/// Questions to DNS, away from the event loops.
namespace terrace::dns {

struct TxtAnswer {
    enum class Kind {
        found,        ///< `values` are the records' texts
        none,         ///< the name has no such record, or is not there
        unreachable,  ///< no answer in time, a failure of the name servers, or too many questions at once
    };
    Kind kind = Kind::unreachable;
    std::vector<std::string> values;
};

/// Whoever answers questions; a test may put its own in place of DNS.
class Resolver {
  public:
    virtual ~Resolver() = default;
    /// The TXT records of `name` (RFC 1035 §3.3.14), the strings of each joined. Answers within a bounded time and
    /// resumes on the awaiting coroutine's executor. Any thread.
    virtual boost::asio::awaitable<TxtAnswer> txt(std::string name) = 0;
};

struct ResolverOptions {
    std::string server;                         ///< `address[:port]`; empty: those of /etc/resolv.conf
    std::size_t threads = 2;                    ///< questions at a time
    std::size_t queue = 16;                     ///< waiting beyond those; more is `unreachable` at once
    std::chrono::milliseconds patience{3'000};  ///< from the call to the answer, at most
    std::size_t most_values = 50;               ///< of an answer; what is beyond is not looked at
    std::size_t longest_value = 255;            ///< bytes; a longer text is cut
};

/// By c-ares, on threads of its own. One a process; outlives every loop that awaits
/// it.
std::unique_ptr<Resolver> make_resolver(ResolverOptions options);

}  // namespace terrace::dns
