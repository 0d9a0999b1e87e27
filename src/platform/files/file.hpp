#pragma once

#include "platform/base/uuid.hpp"
#include "platform/db/rows.hpp"
#include "platform/db/statement.hpp"
#include "platform/resource/declaration/field.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::files {

/// Of every chunk but a file's last. Small enough that a phone on a bad line (26 KB/s) sends one within the ten seconds
/// that a body may take, and that a request holds no more of a file than this in memory.
inline constexpr std::int64_t chunk_size = std::int64_t{256} * 1024;
inline constexpr std::int64_t most_bytes = resource::most_bytes_of_files;
/// How long an upload that no object holds is kept, finished or not.
inline constexpr std::chrono::hours lifetime{24};

/// A file of a tenant, without its bytes.
struct File {
    Uuid id;
    std::string name;
    std::int64_t size = 0;
    std::int64_t chunk_size = 0;
    bool stored = false;
    std::string media_type;  ///< by content; empty until the first chunk has come
    std::string sha256;      ///< in hexadecimal digits; empty until it is stored
    Uuid created_by;
    std::string expires_at;  ///< RFC 3339; empty while an object holds it
    /// What holds it, or held it last.
    struct Place {
        std::string object_type;
        Uuid object;
        std::string field;
    };
    std::optional<Place> place;

    std::int64_t chunks() const { return (size + chunk_size - 1) / chunk_size; }
    /// Bytes of one chunk, `ordinal` < chunks().
    std::int64_t size_of_chunk(std::int64_t ordinal) const {
        return ordinal + 1 < chunks() ? chunk_size : size - ordinal * chunk_size;
    }
    /// Held by an object now.
    bool attached() const { return place && expires_at.empty(); }
};

/// The columns that `file_from` reads, in order.
db::Fragment file_columns();
File file_from(const db::Rows& rows, std::size_t row = 0);

/// An upload as its uploader sees it (schema FileUpload).
std::string upload_json(const File& file);
std::string_view upload_schema();

}  // namespace terrace::files
