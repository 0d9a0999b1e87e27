#include "platform/http/test_application.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <stdexcept>

namespace terrace::http {

namespace asio = boost::asio;

/// A piece, then what the path says.
class TestStream final : public BodySource {
  public:
    TestStream(Held& held, std::string_view path) : held_(held), path_(path) { ++held_.streams; }
    TestStream(const TestStream&) = delete;
    TestStream& operator=(const TestStream&) = delete;
    ~TestStream() override { --held_.streams; }

    std::optional<std::uint64_t> length() const override {
        if (path_ == "/stream/measured") return 12;
        if (path_ == "/stream/less-than-announced") return 13;
        if (path_ == "/stream/more-than-announced") return 11;
        return {};
    }
    asio::awaitable<Result<std::string>> next() override {
        ++made_;
        ++held_.pieces;
        if (path_ == "/stream/endless") co_return std::string(100'000, 'x');
        if (path_ == "/stream/empty" || made_ == 3) co_return "";
        if (made_ == 1) co_return "second ";
        if (path_ == "/stream/fails") co_return std::unexpected(errors::unavailable());
        if (path_ == "/stream/throws") throw std::runtime_error("the inside");
        if (path_ == "/stream/held") co_await held_.hold();
        co_return "third";
    }

  private:
    Held& held_;
    std::string path_;
    int made_ = 0;
};

asio::awaitable<Response> TestApplication::handle(Request& request) {
    if (request.path == "/throw") throw std::runtime_error("the inside");
    if (request.path == "/held") co_await held_->hold();
    Response response = Response::json(
        200, std::string(to_string(request.method)) + ' ' + std::string(request.path) + ' ' + request.body);
    if (request.path.starts_with("/stream")) {
        response.body = request.path == "/stream/empty" ? "" : "first ";
        response.rest = std::make_unique<TestStream>(*held_, request.path);
    }
    if (request.path == "/header-injection") response.header("Location", "/\r\nSet-Cookie: the inside");
    co_return response;
}

void TestApplication::stop() {
    if (held_) held_->let_go();
}

LoopFactory Held::factory() {
    return [this](asio::any_io_executor executor, unsigned index) {
        if (index == 0) executor_ = std::move(executor);
        return std::make_unique<TestApplication>(this);
    };
}

asio::awaitable<void> Held::hold() {
    timer_ = std::make_shared<asio::steady_timer>(executor_, asio::steady_timer::time_point::max());
    entered_.release();
    co_await timer_->async_wait(asio::as_tuple(asio::use_awaitable));
    timer_.reset();
}

void Held::let_go() {
    if (timer_) timer_->cancel();
}

void Held::release() {
    asio::post(executor_, [this] { let_go(); });
}

void Held::block_loop() {
    std::promise<void> blocked;
    asio::post(executor_, [this, &blocked] {
        blocked.set_value();
        unblocked_.get_future().wait();
    });
    blocked.get_future().wait();
}

}  // namespace terrace::http
