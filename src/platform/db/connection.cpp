#include "platform/db/connection.hpp"

#include "platform/base/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <libpq-fe.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace terrace::db {

namespace asio = boost::asio;

namespace {

constexpr auto wait_result = asio::as_tuple(asio::use_awaitable);

/// The text of a notice may hold values of rows: only its class is logged.
void on_notice(void*, const PGresult* notice) {
    const char* sqlstate = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
    log::debug("database_notice", {{"sqlstate", sqlstate ? sqlstate : ""}});
}

/// Plans are generic from the start: a custom one would be made anew for each use wherever a small tenant makes it look
/// cheaper, and statements begin with the tenant, whose rows an index finds in every plan.
std::string session_options(const ConnectionOptions& options) {
    const auto milliseconds = [](std::chrono::milliseconds time) { return std::to_string(time.count()); };
    const std::string read_only = options.read_only ? "-c default_transaction_read_only=on " : "";
    return read_only +
           "-c search_path=pg_catalog,pg_temp -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres"
           " -c bytea_output=hex -c jit=off -c plan_cache_mode=force_generic_plan -c statement_timeout=" +
           milliseconds(options.statement_timeout) + " -c lock_timeout=" + milliseconds(options.lock_timeout) +
           " -c idle_in_transaction_session_timeout=" + milliseconds(options.idle_in_transaction_timeout);
}

/// The one host of the URL that is a name; empty for sockets, addresses, lists of hosts and what is no URL.
std::string host_to_look_up(const std::string& url) {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(url.c_str(), nullptr),
                                                                               PQconninfoFree);
    std::string host;
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option) {
        const std::string_view keyword = option->keyword;
        if (!option->val || !*option->val) continue;
        if (keyword == "hostaddr") return {};
        if (keyword == "host") host = option->val;
    }
    boost::system::error_code no_address;
    asio::ip::make_address(host, no_address);
    return !no_address || host.starts_with('/') || host.find(',') != std::string::npos ? std::string() : host;
}

}  // namespace

std::string one_line(const char* message) {
    std::string text = message ? message : "";
    while (!text.empty() && text.back() == '\n') text.pop_back();
    std::ranges::replace(text, '\n', ' ');
    std::ranges::replace(text, '\t', ' ');
    return text;
}

void Connection::Finish::operator()(pg_conn* connection) const noexcept {
    PQfinish(connection);
}

Connection::Connection(asio::any_io_executor executor, ConnectionOptions options)
    : options_(std::move(options)),
      socket_(executor),
      deadline_(executor),
      resolver_(executor),
      self_(std::make_shared<Connection*>(this)) {}

Connection::~Connection() {
    *self_ = nullptr;
    close();
}

void Connection::start() {
    const std::string session = session_options(options_);
    std::vector<const char*> names{"dbname",     "application_name", "client_encoding",
                                   "gssencmode", "tcp_user_timeout", "keepalives_idle"};
    std::vector<const char*> values{options_.url.c_str(), "terrace", "UTF8", "disable", "5000", "10"};
    if (!options_.pooler) {
        names.push_back("options");
        values.push_back(session.c_str());
    }
    if (!host_addresses_.empty()) {
        names.insert(names.end(), {"host", "hostaddr"});
        values.insert(values.end(), {host_.c_str(), host_addresses_.c_str()});
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    connection_.reset(PQconnectStartParams(names.data(), values.data(), 1));
}

/// libpq would look up names by itself and block the loop meanwhile, for seconds when the name server is away.
asio::awaitable<void> Connection::resolve() {
    host_addresses_.clear();
    host_ = host_to_look_up(options_.url);
    if (host_.empty()) co_return;
    const auto [error, found] = co_await resolver_.async_resolve(host_, "", wait_result);
    if (error) fault_ = "cannot find " + host_ + ": " + error.message();
    const std::string name = host_;
    for (const auto& each : found) {
        if (!host_addresses_.empty()) {
            host_addresses_ += ',';
            host_.append(",").append(name);
        }
        host_addresses_ += each.endpoint().address().to_string();
    }
}

void Connection::on_deadline() {
    if (!connecting_) return;
    late_ = true;
    resolver_.cancel();
    if (socket_.is_open()) socket_.cancel();
}

asio::awaitable<bool> Connection::open() {
    close();
    fault_.clear();
    late_ = false;
    connecting_ = true;
    deadline_.expires_after(options_.connect_timeout);
    deadline_.async_wait([self = self_](const boost::system::error_code& error) {
        if (!error && *self) (*self)->on_deadline();
    });
    co_await resolve();
    bool connected = false;
    if (connecting_ && !late_ && fault_.empty()) {
        start();
        connected = co_await poll();
    }
    connecting_ = false;
    deadline_.cancel();
    if (!connected) {
        if (late_) fault_ = "no answer within the connect timeout";
        if (fault_.empty()) fault_ = one_line(PQerrorMessage(connection_.get()));
        close();
        co_return false;
    }
    PQsetNoticeReceiver(connection_.get(), on_notice, nullptr);
    PQsetnonblocking(connection_.get(), 1);
    PQenterPipelineMode(connection_.get());
    socket_.assign(PQsocket(connection_.get()));
    co_return true;
}

/// libpq may change the socket in every step (several hosts, TLS refused), so each wait borrows it anew.
asio::awaitable<bool> Connection::poll() {
    if (PQstatus(connection_.get()) == CONNECTION_BAD) co_return false;
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;
    while (step != PGRES_POLLING_OK) {
        if (step == PGRES_POLLING_FAILED || late_) co_return false;
        socket_.assign(PQsocket(connection_.get()));
        const auto direction = step == PGRES_POLLING_READING ? asio::posix::descriptor_base::wait_read
                                                             : asio::posix::descriptor_base::wait_write;
        co_await socket_.async_wait(direction, wait_result);
        if (!connection_) co_return false;  // closed meanwhile
        forget_socket();
        if (late_) co_return false;
        step = PQconnectPoll(connection_.get());
    }
    co_return true;
}

void Connection::close() {
    connecting_ = false;
    deadline_.cancel();
    resolver_.cancel();
    forget_socket();
    write_waits_ = false;
    connection_.reset();
}

/// The descriptor is libpq's to close.
void Connection::forget_socket() {
    if (socket_.is_open()) socket_.release();
}

asio::awaitable<bool> Connection::readable() {
    if (!socket_.is_open()) co_return false;
    const auto [error] = co_await socket_.async_wait(asio::posix::descriptor_base::wait_read, wait_result);
    co_return !error && connection_ != nullptr;
}

bool Connection::exchange() {
    return PQconsumeInput(connection_.get()) == 1 && flush();
}

bool Connection::flush() {
    const int outcome = PQflush(connection_.get());
    if (outcome == 1 && !write_waits_) {
        write_waits_ = true;
        socket_.async_wait(asio::posix::descriptor_base::wait_write,
                           [self = self_](const boost::system::error_code& error) {
                               if (error || !*self || !(*self)->connection_) return;
                               (*self)->write_waits_ = false;
                               if (!(*self)->flush()) (*self)->interrupt();
                           });
    }
    return outcome >= 0;
}

void Connection::interrupt() {
    if (socket_.is_open()) socket_.cancel();
}

}  // namespace terrace::db
