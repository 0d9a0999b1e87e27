/// The target of a request: what was encoded decodes to itself, what decodes is text that PostgreSQL can store, and a
/// path leads to one route at most.

#include "platform/base/text.hpp"
#include "platform/http/message.hpp"
#include "platform/http/router.hpp"
#include "platform/testing/fuzz.hpp"

#include <algorithm>
#include <string>

namespace terrace::http {
namespace {

using fuzz::require;

void check_escapes(std::string_view text) {
    const std::string encoded = percent_encode(text);
    require(std::ranges::none_of(
                encoded, [](char c) { return c <= ' ' || c >= 0x7f || std::string_view("&=+?#/;").contains(c); }),
            "an encoded text is one piece of a URL");
    for (const bool plus_is_space : {false, true}) {
        const auto decoded = percent_decode(encoded, plus_is_space);
        require(decoded.has_value() == is_storable_text(text), "what can be stored decodes, and nothing else");
        require(!decoded || *decoded == text, "decode(encode(x)) is x");
        if (const auto plain = percent_decode(text, plus_is_space)) {
            require(is_storable_text(*plain), "what was decoded can be stored");
            require(percent_decode(percent_encode(*plain), plus_is_space) == plain, "and encodes and decodes again");
        }
    }
}

void check_query(std::string_view text) {
    const auto query = parse_query(text);
    if (!query) return;
    std::string written;
    for (const auto& [name, value] : *query) {
        require(is_storable_text(name) && is_storable_text(value), "what was decoded can be stored");
        written += (written.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    }
    require(parse_query(written) == query, "a query written again is the same query");
}

Router routes() {
    Router router;
    for (const char* pattern : {"/", "/api/v1/patients", "/api/v1/patients/{id}", "/api/v1/patients/duplicates",
                                "/api/v1/patients/{id}/restore", "/{any}/v1/{other}/x"})
        router.add(Method::get, pattern, {});
    return router;
}

void check_path(std::string_view path) {
    static const Router router = routes();
    const auto found = router.find(Method::get, path);
    const auto* match = std::get_if<Router::Match>(&found);
    if (!match) return;
    for (std::size_t from = 0; from < path.size();) {
        const auto end = std::min(path.find('/', from + 1), path.size());
        const std::string_view segment = path.substr(from + 1, end - from - 1);
        require(path == "/" || !segment.empty(), "a path with an empty segment is not found");
        require(segment != "." && segment != "..", "a path does not climb");
        from = end;
    }
    for (const auto& [name, value] : match->parameters) {
        require(!value.empty() && value != "." && value != ".." && is_storable_text(value), "a parameter is a text");
        require(path.contains(value) || path.contains('%'), "a parameter stands in the path");
    }
}

}  // namespace
}  // namespace terrace::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = terrace::fuzz::text_of(data, size);
    terrace::http::check_escapes(text);
    terrace::http::check_query(text);
    terrace::http::check_path(text.substr(0, text.find('?')));
    return 0;
}
