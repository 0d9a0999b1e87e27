#pragma once

#include "platform/resource/finish.hpp"

#include <string_view>

/// The steps of `finish`, and how a description is refused. Internal to the resource layer.
namespace terrace::resource::detail {

/// Throws std::logic_error: the description cannot work, and the sentence says what to write.
[[noreturn]] void refuse(const Resource& resource, std::string_view sentence);

/// What a description names by the names of fields, found: filters, orderings, search, number, exactly_one_of.
void join(Resource& resource, const Parts& parts);
/// The constraints whose violation is an error of a field or of the object.
void name_violations(Resource& resource, const Parts& parts);

/// Each field by itself, with its example.
void check_fields(const Resource& resource);
void check_examples(const Resource& resource);
/// What not everybody sees must not be told by the way.
void check_secrets(const Resource& resource);
void check_orderings(const Resource& resource);
void check_bulk(const Resource& resource);
/// The relations joined with the resources that they lead to, and checked.
void finish_relations(Resource& resource);

}  // namespace terrace::resource::detail
