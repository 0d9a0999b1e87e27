#include "platform/resource/list_query.hpp"

#include "platform/resource/check.hpp"
#include "platform/resource/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace terrace::resource {
namespace {

constexpr std::int64_t greatest_limit = 100;
constexpr std::size_t longest_search = 100;

class Reader {
  public:
    Reader(const Resource& resource, const http::Query& query) : resource_(resource), query_(query) {}

    Result<ListQuery> read() {
        read_limit();
        read_ordering();
        for (const FieldMeta* field : resource_.filters) read_filter(*field);
        if (resource_.search) read_search();
        if (resource_.archivable) read_archived();
        if (const auto cursor = value("cursor")) list_.cursor = *cursor;
        if (!errors_.empty()) return std::unexpected(errors::validation_failed(std::move(errors_)));
        return std::move(list_);
    }

  private:
    std::optional<std::string_view> value(std::string_view name) const {
        const auto found = std::ranges::find(query_, name, &http::Query::value_type::first);
        if (found == query_.end()) return {};
        return found->second;
    }

    void read_limit() {
        const auto text = value("limit");
        if (!text) return;
        std::int64_t limit = 0;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
        if (error != std::errc() || end != text->data() + text->size())
            return fail("limit", {"invalid", "A valid integer is required."});
        if (limit < 1) return fail("limit", {"min_value", "Ensure this value is greater than or equal to 1."});
        if (limit > greatest_limit)
            return fail("limit",
                        {"max_value", fmt::format("Ensure this value is less than or equal to {}.", greatest_limit)});
        list_.limit = limit;
    }

    void read_ordering() {
        const auto asked = value("ordering");
        std::string_view name = asked.value_or(resource_.default_ordering);
        if (name.starts_with('-')) {
            list_.descending = true;
            name.remove_prefix(1);
        }
        const auto found = std::ranges::find(resource_.orderings, name, &Resource::OrderKey::name);
        if (found == resource_.orderings.end())
            return fail("ordering", {"invalid_choice", fmt::format("\"{}\" is not a valid choice.", *asked)});
        list_.order = &*found;
        if (asked) select("ordering", *asked);
    }

    void read_filter(const FieldMeta& field) {
        const auto text = value(field.name);
        if (!text) return;
        auto checked = check_filter(field, *text);
        if (!checked) return fail(field.name, std::move(checked.error()));
        list_.filters.emplace_back(&field, std::move(*checked));
        select(field.name, *text);
    }

    void read_search() {
        const auto text = value("search");
        if (!text || text::trim(*text).empty()) return;
        if (text::length(*text) > longest_search)
            return fail("search", {"max_length",
                                   fmt::format("Ensure this field has no more than {} characters.", longest_search)});
        list_.searches = true;
        list_.words = search_words(*text);
        select("search", *text);
    }

    void read_archived() {
        const auto text = value("archived");
        if (!text) return;
        if (*text != "true" && *text != "false") return fail("archived", {"invalid", "Must be a valid boolean."});
        list_.archived = *text == "true";
        select("archived", *text);
    }

    void select(std::string_view name, std::string_view value) {
        if (!list_.selection.empty()) list_.selection += '&';
        list_.selection += fmt::format("{}={}", name, http::percent_encode(value));
    }
    void fail(std::string_view name, FieldError error) { errors_.emplace_back(std::string(name), std::move(error)); }

    const Resource& resource_;
    const http::Query& query_;
    ListQuery list_;
    FieldErrors errors_;
};

}  // namespace

Result<ListQuery> read_list_query(const Resource& resource, const http::Query& query) {
    return Reader(resource, query).read();
}

}  // namespace terrace::resource
