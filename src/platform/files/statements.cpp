#include "platform/files/statements.hpp"

#include "platform/base/crypto.hpp"

namespace terrace::files {
namespace {

std::string hash_of(std::string_view bytes) {
    const auto digest = crypto::sha256(bytes);
    return std::string(crypto::as_view(digest));
}

}  // namespace

db::Statement begin_upload(const Uuid& tenant, const Uuid& user, const NewFile& file) {
    static const db::Shape& shape =
        db::shape({"insert into {tenant}.file (tenant_id, id, name, size, chunk_size, created_by, expires_at) "
                   "values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 hour') returning ",
                   file_columns()});
    db::Statement statement{&shape, {}};
    statement.params.add(tenant)
        .add(file.id)
        .add(file.name)
        .add(file.size)
        .add(chunk_size)
        .add(user)
        .add(std::int64_t{lifetime.count()});
    return statement;
}

db::Statement count_usage(const Uuid& tenant, std::int64_t size, std::int64_t quota) {
    static const db::Shape& shape = db::shape(
        "insert into {tenant}.file_usage as u (tenant_id, bytes, quota) values ($1, $2, $3) on conflict (tenant_id) "
        "do update set bytes = u.bytes + excluded.bytes, quota = excluded.quota");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(size).add(quota);
    return statement;
}

db::Statement put_chunk(const Uuid& tenant, const Uuid& user, const Uuid& file, const Chunk& chunk) {
    static const db::Shape& shape = db::shape(
        "with held as (select from {tenant}.file where tenant_id = $1 and id = $2 and created_by = $3 "
        "and state = 'uploading' "
        "and octet_length($5::bytea) = least(chunk_size, size - $4::bigint * chunk_size) for update), "
        "put as (insert into {tenant}.file_chunk (tenant_id, file_id, ordinal, bytes) "
        "select $1, $2, $4::bigint, $5::bytea from held "
        "on conflict (tenant_id, file_id, ordinal) do update set bytes = excluded.bytes returning ordinal) "
        "update {tenant}.file as f set media_type = $6 from put "
        "where f.tenant_id = $1 and f.id = $2 and put.ordinal = 0");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(file).add(user).add(chunk.ordinal).add_bytes(chunk.bytes).add(chunk.media_type);
    return statement;
}

db::Statement store_if_complete(const Uuid& tenant, const Uuid& file) {
    // The lengths are known without the bytes; the digest is computed once, when they add up.
    static const db::Shape& shape = db::shape(
        "update {tenant}.file as f set state = 'stored', sha256 = (select sha256(string_agg(c.bytes, ''::bytea "
        "order by c.ordinal)) from {tenant}.file_chunk as c where c.tenant_id = $1 and c.file_id = $2) "
        "where f.tenant_id = $1 and f.id = $2 and f.state = 'uploading' and f.size = (select sum(octet_length(c.bytes))"
        " from {tenant}.file_chunk as c where c.tenant_id = $1 and c.file_id = $2)");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(file);
    return statement;
}

db::Statement find_upload(const Uuid& tenant, const Uuid& user, const Uuid& file, const Chunk& chunk) {
    static const db::Shape& shape =
        db::shape({"select ", file_columns(),
                   ", (select sha256(c.bytes) = $5 from {tenant}.file_chunk as c "
                   "where c.tenant_id = $1 and c.file_id = $2 and c.ordinal = $4::bigint) "
                   "from {tenant}.file where tenant_id = $1 and id = $2 and created_by = $3"});
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(file).add(user).add(chunk.ordinal).add_bytes(hash_of(chunk.bytes));
    return statement;
}

db::Statement find_file(const Uuid& tenant, const Uuid& file) {
    static const db::Shape& shape =
        db::shape({"select ", file_columns(), " from {tenant}.file where tenant_id = $1 and id = $2"});
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(file);
    return statement;
}

db::Statement read_chunk(const Uuid& tenant, const Uuid& file, std::int64_t ordinal, std::int64_t first,
                         std::int64_t length) {
    static const db::Shape& shape = db::shape(
        "select substring(bytes from $4::integer + 1 for $5::integer) from {tenant}.file_chunk "
        "where tenant_id = $1 and file_id = $2 and ordinal = $3");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(file).add(ordinal).add(first).add(length);
    return statement;
}

db::Statement remove_upload(const Uuid& tenant, const Uuid& user, const Uuid& file) {
    static const db::Shape& shape = db::shape(
        "with gone as (delete from {tenant}.file where tenant_id = $1 and id = $2 and created_by = $3 "
        "and object_id is null returning size) "
        "update {tenant}.file_usage as u set bytes = u.bytes - gone.size from gone where u.tenant_id = $1");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(file).add(user);
    return statement;
}

db::Statement remove_expired(const Uuid& tenant, std::int64_t limit) {
    static const db::Shape& shape = db::shape(
        "with gone as (delete from {tenant}.file where tenant_id = $1 and expires_at <= now() and id in ("
        "select id from {tenant}.file where tenant_id = $1 and expires_at <= now() order by expires_at limit $2) "
        "returning size), total as (select sum(size)::bigint as bytes from gone) "
        "update {tenant}.file_usage as u set bytes = u.bytes - total.bytes from total "
        "where u.tenant_id = $1 and total.bytes is not null");
    db::Statement statement{&shape, {}};
    statement.params.add(tenant).add(limit);
    return statement;
}

}  // namespace terrace::files
