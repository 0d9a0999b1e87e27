#include "platform/testing/relay.hpp"

#include "platform/db/conninfo.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <utility>

namespace terrace::testing {

namespace asio = boost::asio;

namespace {

using Socket = asio::generic::stream_protocol::socket;
constexpr auto awaited = asio::as_tuple(asio::use_awaitable);

asio::generic::stream_protocol::endpoint server_of(const std::string& url) {
    const std::string host = db::conninfo_value(url, "host", "127.0.0.1");
    const std::string port = db::conninfo_value(url, "port", "5432");
    if (host.starts_with('/')) return asio::local::stream_protocol::endpoint(host + "/.s.PGSQL." + port);
    return asio::ip::tcp::endpoint(asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host),
                                   static_cast<std::uint16_t>(std::stoul(port)));
}

}  // namespace

struct Relay::Impl {
    Impl(asio::io_context& loop, const std::string& url)
        : acceptor(loop, {asio::ip::make_address("127.0.0.1"), 0}), server(server_of(url)) {}

    struct Pair {
        Socket client;
        Socket server;
        std::shared_ptr<bool> silent;
    };

    static asio::awaitable<void> accept(std::shared_ptr<Impl> self) {
        while (true) {
            auto [error, client] = co_await self->acceptor.async_accept(awaited);
            if (error) co_return;
            Socket server(self->acceptor.get_executor());
            const auto [refused] = co_await server.async_connect(self->server, awaited);
            if (refused) continue;
            const auto pair = std::make_shared<Pair>(Pair{Socket(std::move(client)), std::move(server), self->silent});
            asio::co_spawn(self->acceptor.get_executor(), pass(pair, &Pair::client, &Pair::server), asio::detached);
            asio::co_spawn(self->acceptor.get_executor(), pass(pair, &Pair::server, &Pair::client), asio::detached);
        }
    }

    static asio::awaitable<void> pass(std::shared_ptr<Pair> pair, Socket Pair::* from, Socket Pair::* to) {
        std::array<char, 16'384> bytes;
        while (true) {
            const auto [error, count] = co_await (*pair.*from).async_read_some(asio::buffer(bytes), awaited);
            if (*pair->silent) {
                if (error) co_return;
                continue;
            }
            if (error) break;
            const auto [failed, written] = co_await asio::async_write(*pair.*to, asio::buffer(bytes, count), awaited);
            if (failed) break;
        }
        (*pair.*to).close();
        (*pair.*from).close();
    }

    asio::ip::tcp::acceptor acceptor;
    asio::generic::stream_protocol::endpoint server;
    std::shared_ptr<bool> silent = std::make_shared<bool>(false);
};

Relay::Relay(asio::io_context& loop, const std::string& url) : impl_(std::make_shared<Impl>(loop, url)) {
    asio::co_spawn(loop, Impl::accept(impl_), asio::detached);
}

Relay::~Relay() {
    impl_->acceptor.close();
}

std::string Relay::through(const std::string& url) const {
    return db::with_conninfo(
        url, {{"host", "127.0.0.1"}, {"port", std::to_string(impl_->acceptor.local_endpoint().port())}});
}

void Relay::swallow() {
    *impl_->silent = true;
    impl_->silent = std::make_shared<bool>(false);
}

}  // namespace terrace::testing
