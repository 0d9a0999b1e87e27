#include "platform/http/router.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>

namespace terrace::http {
namespace {

struct Endpoint {
    Handler handler;
    std::vector<std::string> names;  ///< of the pattern's parameters; two patterns may name one segment differently
};

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

/// The segments of `/a/b`; none for `/`; nothing for a path that has an empty segment, `.` or `..`.
std::optional<std::vector<std::string_view>> split(std::string_view path) {
    if (!path.starts_with('/')) return {};
    path.remove_prefix(1);
    std::vector<std::string_view> segments;
    if (path.empty()) return segments;
    while (true) {
        const auto slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        if (segment.empty() || segment == "." || segment == "..") return {};
        segments.push_back(segment);
        if (slash == path.npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

}  // namespace

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::map<Method, Endpoint> endpoints;

    Node& child(std::string_view segment) {
        std::unique_ptr<Node>& slot = is_parameter(segment) ? parameter : literals[std::string(segment)];
        if (!slot) slot = std::make_unique<Node>();
        return *slot;
    }

    /// The node of a path; `values` are the raw segments that met a parameter.
    const Node* walk(std::span<const std::string_view> segments, std::vector<std::string_view>& values) const {
        if (segments.empty()) return endpoints.empty() ? nullptr : this;
        if (const auto literal = literals.find(segments.front()); literal != literals.end())
            if (const Node* found = literal->second->walk(segments.subspan(1), values)) return found;
        if (!parameter) return nullptr;
        values.push_back(segments.front());
        const Node* found = parameter->walk(segments.subspan(1), values);
        if (!found) values.pop_back();
        return found;
    }

    const Endpoint* endpoint(Method method) const {
        if (const auto exact = endpoints.find(method); exact != endpoints.end()) return &exact->second;
        return method == Method::head ? endpoint(Method::get) : nullptr;
    }

    std::string allow() const {
        std::vector<std::string_view> methods{"OPTIONS"};
        for (const auto& [method, endpoint] : endpoints) methods.push_back(to_string(method));
        if (endpoints.contains(Method::get)) methods.push_back("HEAD");
        std::ranges::sort(methods);
        const auto repeated = std::ranges::unique(methods);
        methods.erase(repeated.begin(), repeated.end());
        return fmt::format("{}", fmt::join(methods, ", "));
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Method method, std::string pattern, Handler handler) {
    const auto segments = split(pattern);
    if (!segments) throw std::logic_error(fmt::format("{} is not a route", pattern));
    Node* node = root_.get();
    Endpoint endpoint{.handler = std::move(handler), .names = {}};
    for (const std::string_view segment : *segments) {
        if (is_parameter(segment)) endpoint.names.emplace_back(segment.substr(1, segment.size() - 2));
        node = &node->child(segment);
    }
    if (!node->endpoints.emplace(method, std::move(endpoint)).second)
        throw std::logic_error(fmt::format("{} {} stands twice", to_string(method), pattern));
}

std::variant<Router::Match, Router::MethodNotAllowed, Router::NotFound> Router::find(Method method,
                                                                                     std::string_view path) const {
    const auto segments = split(path);
    if (!segments) return NotFound{};
    std::vector<std::string_view> values;
    const Node* node = root_->walk(*segments, values);
    if (!node) return NotFound{};
    const Endpoint* endpoint = node->endpoint(method);
    if (!endpoint) return MethodNotAllowed{node->allow()};

    Match match{.handler = &endpoint->handler, .parameters = {}};
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto value = percent_decode(values[i], false);
        if (!value || *value == "." || *value == "..") return NotFound{};
        match.parameters.emplace_back(endpoint->names[i], std::move(*value));
    }
    return match;
}

}  // namespace terrace::http
