#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// PostgreSQL's text form of arrays of one dimension without nulls.
namespace terrace::resource {

/// `{"a","b \"c\""}`
std::string array_text(const std::vector<std::string>& elements);
/// `{1,2}`
std::string array_text(const std::vector<std::int64_t>& elements);

/// Throw std::logic_error on a text of another form, or one with a null in it (a bug: the column allows what it must
/// not).
std::vector<std::string> text_elements(std::string_view array);
std::vector<std::int64_t> integer_elements(std::string_view array);

/// Appends an array of texts as JSON, without the way over its elements.
void append_json_texts(std::string& out, std::string_view array);
/// The same of integers.
void append_json_integers(std::string& out, std::string_view array);

}  // namespace terrace::resource
