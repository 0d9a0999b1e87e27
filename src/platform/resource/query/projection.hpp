#pragma once

#include "platform/db/statement.hpp"
#include "platform/resource/resource.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace terrace::resource {

/// `id, number, …` of the resource's own table: the columns in the order in which a Row is read, and of a reference by
/// key its key, found by `$1`, the tenant, and the id that is kept; of a file what is told of it.
std::vector<db::Fragment> select_list(const Resource& resource);
/// The names of the same, of a part of the statement that has selected them.
std::vector<db::Fragment> name_list(const Resource& resource);

/// Appends the fields of one row, each behind a comma: `,"name":"…"`.
void write_members(const Row& row, FieldSet fields, std::string& out);
/// Appends one row as the JSON object that clients see, straight from the row's text: those of its fields (at least
/// one; Viewer::fields says which a client may see).
void write_object(const Row& row, FieldSet fields, std::string& out);

/// One member of that object: its value as JSON.
void write_member(const Row& row, const Resource::AnswerMember& member, std::string& out);

/// The answer of an action, by the fields of its form.
std::string write_output(const Resource& form, const void* object);

/// `"<version>-<hash>"`, the strong ETag of `body`: what a client holds is current when version and text are.
std::string entity_tag(std::int64_t version, std::string_view body);

}  // namespace terrace::resource
