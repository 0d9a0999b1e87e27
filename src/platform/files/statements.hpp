#pragma once

#include "platform/db/database.hpp"
#include "platform/files/file.hpp"

#include <cstdint>
#include <string_view>

/// The statements over a tenant's files. Each names the tenant beside the policy.
namespace terrace::files {

struct NewFile {
    Uuid id;
    std::string name;
    std::int64_t size = 0;
};

/// Answers the file.
db::Statement begin_upload(const Uuid& tenant, const Uuid& user, const NewFile& file);
/// Counts `size` bytes more. Violates `file_usage_quota_check` beyond the quota; holds the tenant's counter until the
/// unit ends, so it goes last.
db::Statement count_usage(const Uuid& tenant, std::int64_t size, std::int64_t quota);

struct Chunk {
    std::int64_t ordinal = 0;
    std::string_view bytes;
    std::string_view media_type;  ///< of the first chunk
};

/// Puts a chunk in its place, over one that stands there, while the user's upload is under way and the chunk is just as
/// long as it must be; else does nothing. Two at once wait for each other at the file's row.
db::Statement put_chunk(const Uuid& tenant, const Uuid& user, const Uuid& file, const Chunk& chunk);
/// Makes the file stored when all of its chunks are there.
db::Statement store_if_complete(const Uuid& tenant, const Uuid& file);
/// The user's own file, and as the last column whether the bytes in this chunk's place are these (null: there are
/// none).
db::Statement find_upload(const Uuid& tenant, const Uuid& user, const Uuid& file, const Chunk& chunk);
inline constexpr std::size_t same_bytes_column = 12;

db::Statement find_file(const Uuid& tenant, const Uuid& file);
/// `length` bytes from `first` on, within one chunk.
db::Statement read_chunk(const Uuid& tenant, const Uuid& file, std::int64_t ordinal, std::int64_t first,
                         std::int64_t length);

/// Removes an upload of the user's that no object holds or has held; touches a row when there was one.
db::Statement remove_upload(const Uuid& tenant, const Uuid& user, const Uuid& file);
/// Removes up to `limit` files whose time has come; touches the counter's row when there were any.
db::Statement remove_expired(const Uuid& tenant, std::int64_t limit);

}  // namespace terrace::files
