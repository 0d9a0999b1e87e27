/// Every kind of lookup, ordering and search at a query string: what is accepted becomes a statement whose parameters
/// are those of its text, and what is refused names the parameter that is at fault.

#include "platform/http/message.hpp"
#include "platform/resource/query/list_query.hpp"
#include "platform/resource/query/list_statement.hpp"
#include "platform/resource/testing/test_parcel.hpp"
#include "platform/testing/fuzz.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <string>
#include <vector>

namespace terrace::resource {
namespace {

using fuzz::require;
using testing::parcels;

/// The numbers of a text's placeholders. A statement's text has no `$` but those.
std::set<std::size_t> placeholders(std::string_view text) {
    std::set<std::size_t> numbers;
    for (auto at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
        std::size_t number = 0;
        std::from_chars(text.data() + at + 1, text.data() + text.size(), number);
        numbers.insert(number);
    }
    return numbers;
}

void check_parameters(const db::Shape& shape, const db::Params& params) {
    const auto numbers = placeholders(shape.text());
    require(numbers.size() == params.size(), "a statement has a parameter for each placeholder");
    require(numbers.empty() || (*numbers.begin() == 1 && *numbers.rbegin() == params.size()), "counted from one");
}

void check_condition(const Condition& condition) {
    require(condition.filter == &parcels().filters[condition.index], "a condition knows its filter's place");
    const bool is_null = condition.filter->lookup == Lookup::isnull;
    Composer text, optional_text;
    db::Params params, optional_params, absent;
    add_condition(text, *condition.filter, is_null && condition.values.front() == Value(true));
    bind_condition(condition, params);
    require(text.parameters() == params.size(), "a condition has a parameter for each placeholder");
    add_optional_condition(optional_text, *condition.filter);
    bind_optional_condition(*condition.filter, &condition, optional_params);
    require(optional_text.parameters() == optional_params.size(), "and so where it may be left out");
    require(optional_params.text(0) != nullptr, "where one that is given is told from one that is not");
    bind_optional_condition(*condition.filter, nullptr, absent);
    require(absent.size() == optional_params.size(), "with as many parameters");
}

enum class Page { first, after, before };

/// A place in the list: a value for each column of its ordering.
std::optional<Cursor> place(const ListQuery& query, Page page) {
    if (page == Page::first) return {};
    return Cursor{.backward = page == Page::before,
                  .values = std::vector<std::string>(query.order->terms.size(), "1"),
                  .id = "0190a0b0-0000-7000-8000-000000000001"};
}

void check_statement(const ListQuery& query, Page page) {
    static ListStatements statements(parcels());
    const auto statement = statements.make(Uuid(), Sight::of_everything(), query, place(query, page));
    check_parameters(*statement.shape, statement.params);
}

void check_refusal(const Error& error, const http::Query& query) {
    require(error.status == 400 && !error.fields.empty(), "a query that is refused names what is wrong");
    for (const auto& [name, fault] : error.fields) {
        require(std::ranges::find(query, name, &http::Query::value_type::first) != query.end(),
                "and it is a parameter that was sent");
        require(!fault.code.empty() && !fault.message.empty(), "with a code and a message");
    }
}

void check_query(std::string_view text, Page page) {
    const auto query = http::parse_query(text);
    if (!query) return;
    const auto list = read_list_query(parcels(), *query, Viewer::system(), "Asia/Kolkata");
    if (!list) return check_refusal(list.error(), *query);
    for (const Condition& condition : list->conditions) check_condition(condition);
    if (list->searches && list->words.empty()) return;  // answered without a statement
    check_statement(*list, page);
}

}  // namespace
}  // namespace terrace::resource

/// The first byte says which page is asked for, the others are a query string.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace terrace::resource;
    if (size == 0) return 0;
    check_query(terrace::fuzz::text_of(data + 1, size - 1), static_cast<Page>(data[0] % 3));
    return 0;
}
