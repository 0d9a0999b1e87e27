#include "platform/resource/query/list_query.hpp"

#include "platform/resource/input/check.hpp"
#include "platform/resource/values/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

namespace terrace::resource {
namespace {

constexpr std::int64_t greatest_limit = 100;
constexpr std::size_t longest_search = 100;

class Reader {
  public:
    Reader(const Resource& resource, const http::Query& query, const Viewer& viewer, std::string_view time_zone)
        : resource_(resource), query_(query), viewer_(viewer), time_zone_(time_zone) {}

    Result<ListQuery> read() {
        read_limit();
        read_ordering();
        for (std::size_t i = 0; i < resource_.filters.size(); ++i) read_filter(i);
        check_narrowed();
        if (resource_.search) read_search();
        if (resource_.archivable) read_archived();
        read_count();
        read_shape();
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
        const std::string_view name = asked.value_or(resource_.default_ordering);
        for (const auto& key : resource_.orderings) {
            if (name != key.name && name != key.reverse) continue;
            list_.order = &key;
            list_.reversed = name == key.reverse;
        }
        if (!list_.order || !viewer_.sees(*list_.order))
            return fail("ordering", {"invalid_choice", fmt::format("\"{}\" is not a valid choice.", name)});
        if (asked) select("ordering", *asked);
    }

    void read_filter(std::size_t index) {
        const Filter& filter = resource_.filters[index];
        const auto text = value(filter.name);
        if (!text) return;
        if (!viewer_.sees(filter)) return fail(filter.name, {"unknown_field", "This parameter is not known here."});
        auto values = terrace::resource::read_filter(filter, *text, time_zone_);
        if (!values) return fail(filter.name, std::move(values.error()));
        list_.conditions.push_back({&filter, index, std::move(*values)});
        select(filter.name, *text);
    }

    /// A piece of a text is looked for only among what another filter has narrowed.
    void check_narrowed() {
        for (const Condition& condition : list_.conditions) {
            const auto& within = condition.filter->within;
            const bool narrowed = std::ranges::any_of(list_.conditions, [&](const Condition& other) {
                return std::ranges::find(within, other.index) != within.end();
            });
            if (within.empty() || narrowed) continue;
            fail(condition.filter->name,
                 {"invalid", fmt::format("This filter needs {} beside it.", resource_.filters[within.front()].name)});
        }
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

    /// Belongs to the shape of the answer, as `fields` does: a page says it again where it is asked again.
    void read_count() {
        const auto text = value("count");
        if (!text) return;
        if (*text != "exact")
            return fail("count",
                        {"invalid_choice", fmt::format("\"{}\" is not a valid choice.", text->substr(0, 100))});
        list_.counts = true;
    }

    void read_shape() {
        auto projection = read_projection(resource_, query_, viewer_);
        if (!projection) {
            std::ranges::move(projection.error(), std::back_inserter(errors_));
            return;
        }
        list_.projection = std::move(*projection);
        list_.shape = projection_parameters(query_);
        if (list_.counts) list_.shape += "&count=exact";
    }

    void select(std::string_view name, std::string_view value) {
        if (!list_.selection.empty()) list_.selection += '&';
        list_.selection += fmt::format("{}={}", name, http::percent_encode(value));
    }
    void fail(std::string_view name, FieldError error) { errors_.emplace_back(name, std::move(error)); }

    const Resource& resource_;
    const http::Query& query_;
    const Viewer& viewer_;
    std::string_view time_zone_;
    ListQuery list_;
    FieldErrors errors_;
};

}  // namespace

Result<ListQuery> read_list_query(const Resource& resource, const http::Query& query, const Viewer& viewer,
                                  std::string_view time_zone) {
    return Reader(resource, query, viewer, time_zone).read();
}

}  // namespace terrace::resource
