#include "platform/files/endpoints.hpp"

#include "platform/files/downloads.hpp"
#include "platform/files/uploads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace terrace::files {
namespace {

constexpr const char* permission = "files.upload";
constexpr const char* tag = "Files";

std::string new_file_schema() {
    return fmt::format(R"({{"type":"object","additionalProperties":false,"properties":{{)"
                       R"("name":{{"type":"string","minLength":1,"maxLength":255,"description":"Without a path.",)"
                       R"("examples":["scan.png"]}},"size":{{"type":"integer","minimum":1,"maximum":{},)"
                       R"("description":"In bytes.","examples":[81920]}}}},)"
                       R"("required":["name","size"]}})",
                       most_bytes);
}

/// As an object that holds it shows it (resource/query/projection.cpp).
std::string file_schema() {
    return R"({"type":"object","additionalProperties":false,"properties":{"id":{"type":"string","format":"uuid"},)"
           R"("name":{"type":"string"},"media_type":{"type":"string"},)"
           R"("size":{"type":"integer","minimum":1,"description":"In bytes."},)"
           R"("url":{"type":"string","description":"Its path, for GET."}},)"
           R"("required":["id","name","media_type","size","url"]})";
}

api::Endpoint begin_upload() {
    return {
        .method = http::Method::post,
        .path = "/api/v1/files",
        .access = api::Access::requires_permission(permission),
        .handler = {},
        .documentation = {.operation_id = "files_upload",
                          .summary = "Begin to upload a file",
                          .description =
                              "Answers into how many chunks of which size its bytes are cut. Send each by "
                              "`PUT /api/v1/files/{id}/chunks/{ordinal}`, in any order; the last makes the file "
                              "`stored`. Then write its id into a field of an object. What no object holds is removed "
                              "after a day.",
                          .tag = tag,
                          .parameters = {{.name = "Idempotency-Key",
                                          .in = "header",
                                          .description =
                                              "1 to 255 visible ASCII characters. A second request with the same key "
                                              "and body begins nothing more and is answered like the first, for 24 "
                                              "hours.",
                                          .schema = R"({"type":"string","minLength":1,"maxLength":255})"}},
                          .request_schema = "FileCreate",
                          .success_status = 201,
                          .response_schema = "FileUpload",
                          .problems = {400, 422},
                          .own_problems = {"FileQuotaProblem"}},
        .writes = true};
}

api::Endpoint put_chunk() {
    return {
        .method = http::Method::put,
        .path = "/api/v1/files/{id}/chunks/{ordinal}",
        .access = api::Access::requires_permission(permission),
        .handler = {},
        .documentation = {.operation_id = "files_put_chunk",
                          .summary = "Send a chunk of a file",
                          .description =
                              "Its bytes, as they are; every chunk but the last has `chunk_size` of them. Chunks are "
                              "numbered from 0. Sending one again is harmless, so repeat what had no answer. The "
                              "media type is told by the content.",
                          .tag = tag,
                          .request_type = "application/octet-stream",
                          .response_schema = "FileUpload",
                          .problems = {400, 404},
                          .own_problems = {"FileStoredProblem"}},
        .writes = true};
}

api::Endpoint remove_upload() {
    return {.method = http::Method::del,
            .path = "/api/v1/files/{id}",
            .access = api::Access::requires_permission(permission),
            .handler = {},
            .documentation = {.operation_id = "files_discard",
                              .summary = "Discard an upload",
                              .description = "One's own, finished or not, that no object has taken up: its bytes count "
                                             "no more.",
                              .tag = tag,
                              .success_status = 204,
                              .problems = {404}},
            .writes = true};
}

api::Endpoint download() {
    return {
        .method = http::Method::get,
        .path = "/api/v1/files/{id}",
        .access = api::Access::signed_in(),
        .handler = {},
        .documentation = {
            .operation_id = "files_download",
            .summary = "Download a file",
            .description = "For who may read the object that holds it and the field it stands in; before that for "
                           "its uploader. `Content-Disposition` is `attachment` with the file's name. The `ETag` is "
                           "the content's digest. One range of bytes is answered with 206; several are answered "
                           "whole.",
            .tag = tag,
            .parameters = {{.name = "inline",
                            .description = "`true`: shown in place, where the type is a picture that a browser shows "
                                           "without danger (GIF, JPEG, PNG, WebP).",
                            .schema = R"({"type":"boolean","default":false})"},
                           {.name = "Range",
                            .in = "header",
                            .description = "`bytes=0-99`, `bytes=100-` or `bytes=-100`."},
                           {.name = "If-Range",
                            .in = "header",
                            .description = "An ETag; the range is ignored when it is not the file's."},
                           {.name = "If-None-Match",
                            .in = "header",
                            .description = "An ETag; 304 without a body when it is still current."}},
            .response_type = "*/*",
            .problems = {400, 404, 416}}};
}

bool holds_files(const resource::Resource* resource) {
    return std::ranges::any_of(resource->columns,
                               [](const resource::FieldMeta* field) { return field->type == resource::Type::file; });
}

}  // namespace

void add_access(access::Catalogue& catalogue) {
    catalogue.add_permission({permission, "Upload files"});
}

void add_to(api::Api& api, FileParts parts) {
    const auto uploads = std::make_shared<Uploads>(parts.database, parts.quota);
    const auto downloads = std::make_shared<Downloads>(parts.database, parts.resources, parts.seen_by_members);
    const auto add = [&api](api::Endpoint endpoint, api::Handler handler) {
        endpoint.handler = std::move(handler);
        api.endpoints.push_back(std::move(endpoint));
    };
    add(begin_upload(), [uploads](api::Context& context) { return uploads->begin(context); });
    add(put_chunk(), [uploads](api::Context& context) { return uploads->put_chunk(context); });
    add(remove_upload(), [uploads](api::Context& context) { return uploads->remove(context); });
    add(download(), [downloads](api::Context& context) { return downloads->download(context); });
    api.schemas.emplace_back("FileCreate", new_file_schema());
    api.schemas.emplace_back("FileUpload", upload_schema());
    if (std::ranges::any_of(parts.resources, holds_files)) api.schemas.emplace_back("File", file_schema());
    api.tags.emplace_back(tag, "Bytes that objects hold: photos, scans, documents.");
}

}  // namespace terrace::files
