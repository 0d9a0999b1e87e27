#include "platform/files/file.hpp"

#include "platform/base/json.hpp"

namespace terrace::files {

db::Fragment file_columns() {
    return "id, name, size, chunk_size, state = 'stored', coalesce(media_type, ''), "
           "coalesce(encode(sha256, 'hex'), ''), created_by, "
           "coalesce(to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), ''), "
           "object_type, object_id, field";
}

File file_from(const db::Rows& rows, std::size_t row) {
    File file{.id = rows.uuid(row, 0),
              .name = std::string(rows.text(row, 1)),
              .size = rows.integer(row, 2),
              .chunk_size = rows.integer(row, 3),
              .stored = rows.boolean(row, 4),
              .media_type = std::string(rows.text(row, 5)),
              .sha256 = std::string(rows.text(row, 6)),
              .created_by = rows.uuid(row, 7),
              .expires_at = std::string(rows.text(row, 8)),
              .place = std::nullopt};
    if (!rows.is_null(row, 10))
        file.place = File::Place{.object_type = std::string(rows.text(row, 9)),
                                 .object = rows.uuid(row, 10),
                                 .field = std::string(rows.text(row, 11))};
    return file;
}

std::string upload_json(const File& file) {
    std::string text;
    json::Writer out(text);
    out.begin_object().member("id", file.id.to_string()).member("name", file.name).member("size", file.size);
    out.member("state", file.stored ? "stored" : "uploading").key("media_type");
    file.media_type.empty() ? out.null() : out.string(file.media_type);
    out.member("chunk_size", file.chunk_size).member("chunks", file.chunks()).key("expires_at");
    file.expires_at.empty() ? out.null() : out.string(file.expires_at);
    out.end_object();
    return text;
}

std::string_view upload_schema() {
    return R"({"type":"object","additionalProperties":false,"properties":{)"
           R"("id":{"type":"string","format":"uuid"},)"
           R"("name":{"type":"string","minLength":1,"maxLength":255},)"
           R"("size":{"type":"integer","minimum":1,"description":"In bytes."},)"
           R"("state":{"type":"string","enum":["uploading","stored"]},)"
           R"("media_type":{"type":["string","null"],"description":"What its content is; known with the first chunk."},)"
           R"("chunk_size":{"type":"integer","minimum":1,"description":"Bytes of every chunk but the last."},)"
           R"("chunks":{"type":"integer","minimum":1,"description":"How many there are, numbered from 0."},)"
           R"("expires_at":{"type":["string","null"],"format":"date-time",)"
           R"("description":"When it is removed unless an object holds it by then."}},)"
           R"("required":["id","name","size","state","media_type","chunk_size","chunks","expires_at"]})";
}

}  // namespace terrace::files
