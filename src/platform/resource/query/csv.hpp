#pragma once

#include "platform/resource/resource.hpp"

#include <string>
#include <string_view>

namespace terrace::resource {

/// Rows as CSV (RFC 4180), which people open in a spreadsheet: UTF-8 with a byte order mark, without which Excel takes
/// names in Devanagari for Latin-1; a header line of field names; CRLF. A cell says what JSON says: numbers and
/// booleans as they are, null as nothing, an empty text as `""`, lists and JSON as their JSON.

void write_csv_header(const Resource& resource, FieldSet fields, std::string& out);
/// The same fields of one row.
void write_csv_row(const Row& row, FieldSet fields, std::string& out);

/// Appends a JSON value as one cell. A text that a spreadsheet would run as a formula (OWASP, CSV injection: it begins
/// with = + - @, one of their full-width forms, tab, CR or LF) gets an apostrophe before it; one that is a number, such
/// as +919812345678, does nothing there and stays as it is.
void append_csv_cell(std::string& out, std::string_view json);

}  // namespace terrace::resource
