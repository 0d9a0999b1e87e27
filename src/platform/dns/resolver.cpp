#include "platform/dns/resolver.hpp"

#include <ares.h>
#include <arpa/nameser.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <poll.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace terrace::dns {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

/// One question on a channel of its own: c-ares' channels are of one thread each.
class Question {
  public:
    Question(const ResolverOptions& options, Clock::time_point end) : options_(options), end_(end) {
        ares_options settings{};
        // A datagram that is lost is asked for twice more within the time that there is.
        settings.flags = ARES_FLAG_NOSEARCH;
        settings.timeout = static_cast<int>(std::max<Milliseconds::rep>(1, options.patience.count() / 4));
        settings.tries = 3;
        if (ares_init_options(&channel_, &settings, ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES) !=
            ARES_SUCCESS) {
            channel_ = nullptr;
        } else if (!options.server.empty() &&
                   ares_set_servers_ports_csv(channel_, options.server.c_str()) != ARES_SUCCESS) {
            throw std::invalid_argument("no address of a DNS server: " + options.server);
        }
    }
    ~Question() {
        if (channel_) ares_destroy(channel_);
    }
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    TxtAnswer ask(const std::string& name) {
        if (!channel_) return {};
        ares_query(channel_, name.c_str(), ns_c_in, ns_t_txt, &Question::answered, this);
        while (!answer_ && Clock::now() < end_) wait_a_little();
        if (!answer_) ares_cancel(channel_);
        return answer_.value_or(TxtAnswer{});
    }

  private:
    static void answered(void* self, int status, int, unsigned char* bytes, int length) {
        static_cast<Question*>(self)->take(status, bytes, length);
    }

    void take(int status, const unsigned char* bytes, int length) {
        TxtAnswer answer;
        if (status == ARES_ENODATA || status == ARES_ENOTFOUND) answer.kind = TxtAnswer::Kind::none;
        if (status == ARES_SUCCESS) answer = read(bytes, length);
        answer_ = std::move(answer);
    }

    TxtAnswer read(const unsigned char* bytes, int length) const {
        ares_txt_ext* first = nullptr;
        const int status = ares_parse_txt_reply_ext(bytes, length, &first);
        TxtAnswer answer;
        if (status == ARES_ENODATA) answer.kind = TxtAnswer::Kind::none;
        if (status != ARES_SUCCESS) return answer;
        answer.kind = TxtAnswer::Kind::found;
        for (const auto* part = first; part; part = part->next) {
            if (part->record_start) {
                if (answer.values.size() == options_.most_values) break;
                answer.values.emplace_back();
            }
            if (answer.values.empty()) break;
            std::string& value = answer.values.back();
            const std::size_t room = options_.longest_value - value.size();
            const std::string_view text(reinterpret_cast<const char*>(part->txt), part->length);  // NOLINT: C's bytes
            value.append(text.substr(0, room));
        }
        ares_free_data(first);
        return answer;
    }

    void wait_a_little() {
        std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
        const auto bits = static_cast<unsigned>(ares_getsock(channel_, sockets.data(), ARES_GETSOCK_MAXNUM));
        std::array<pollfd, ARES_GETSOCK_MAXNUM> waited{};
        nfds_t count = 0;
        for (unsigned at = 0; at < ARES_GETSOCK_MAXNUM; ++at) {
            short events = 0;
            if (ARES_GETSOCK_READABLE(bits, at)) events |= POLLIN;
            if (ARES_GETSOCK_WRITABLE(bits, at)) events |= POLLOUT;
            if (events) waited.at(count++) = {.fd = sockets.at(at), .events = events, .revents = 0};
        }
        const auto left = std::chrono::duration_cast<Milliseconds>(end_ - Clock::now());
        timeval most{.tv_sec = 0, .tv_usec = 0};
        timeval longest{.tv_sec = left.count() / 1'000, .tv_usec = left.count() % 1'000 * 1'000};
        const timeval* next = ares_timeout(channel_, &longest, &most);
        const auto milliseconds = next->tv_sec * 1'000 + next->tv_usec / 1'000 + 1;
        poll(waited.data(), count, static_cast<int>(milliseconds));
        bool processed = false;
        for (nfds_t at = 0; at < count; ++at) {
            const auto& one = waited.at(at);
            if (!one.revents) continue;
            processed = true;
            ares_process_fd(channel_, one.revents & (POLLIN | POLLERR | POLLHUP) ? one.fd : ARES_SOCKET_BAD,
                            one.revents & POLLOUT ? one.fd : ARES_SOCKET_BAD);
        }
        if (!processed) ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // its own timeouts
    }

    const ResolverOptions& options_;
    Clock::time_point end_;
    ares_channel channel_ = nullptr;
    std::optional<TxtAnswer> answer_;
};

class CaresResolver final : public Resolver {
  public:
    explicit CaresResolver(ResolverOptions options) : options_(std::move(options)), threads_(options_.threads) {
        if (ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS) throw std::runtime_error("c-ares cannot start");
    }
    ~CaresResolver() override {
        threads_.join();
        ares_library_cleanup();
    }
    CaresResolver(const CaresResolver&) = delete;
    CaresResolver& operator=(const CaresResolver&) = delete;

    asio::awaitable<TxtAnswer> txt(std::string name) override {
        const auto end = Clock::now() + options_.patience;
        if (waiting_.fetch_add(1) >= options_.threads + options_.queue) {
            --waiting_;
            co_return TxtAnswer{};
        }
        co_return co_await asio::co_spawn(threads_, ask(std::move(name), end), asio::use_awaitable);
    }

  private:
    asio::awaitable<TxtAnswer> ask(std::string name, Clock::time_point end) {
        struct Leave {
            std::atomic<std::size_t>& waiting;
            ~Leave() { --waiting; }
        };
        const Leave leave{waiting_};
        co_return Question(options_, end).ask(name);
    }

    const ResolverOptions options_;
    std::atomic<std::size_t> waiting_ = 0;
    asio::thread_pool threads_;
};

}  // namespace

std::unique_ptr<Resolver> make_resolver(ResolverOptions options) {
    return std::make_unique<CaresResolver>(std::move(options));
}

}  // namespace terrace::dns
