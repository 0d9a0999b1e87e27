#include "platform/files/uploads.hpp"

#include "platform/api/body.hpp"
#include "platform/audit/audit.hpp"
#include "platform/files/file_name.hpp"
#include "platform/files/statements.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace terrace::files {
namespace {

namespace asio = boost::asio;

/// As Django REST Framework's FileField says it, and beyond it the limit of all files.
std::optional<FieldError> check_size(json::Value value, std::int64_t& size) {
    const auto number = value.as_integer();
    if (!number) return FieldError{"invalid", "A valid integer is required."};
    if (*number < 1) return FieldError{"empty", "The submitted file is empty."};
    if (*number > most_bytes)
        return FieldError{"max_size", fmt::format("Ensure this file has at most {} bytes.", most_bytes)};
    size = *number;
    return {};
}

Result<NewFile> read_new_file(const json::Document& document) {
    NewFile file{.id = Uuid::v7(), .name = {}, .size = 0};
    FieldErrors errors;
    document.root().each_member([&](std::string_view name, json::Value value) {
        std::optional<FieldError> error;
        if (name == "name") {
            const auto text = value.as_string();
            auto checked = text ? check_name(*text) : std::unexpected(FieldError{"invalid", "Not a valid string."});
            if (checked)
                file.name = std::move(*checked);
            else
                error = std::move(checked.error());
        } else if (name == "size") {
            error = check_size(value, file.size);
        } else {
            error = FieldError{"unknown_field", "This field is not known."};
        }
        if (error) errors.emplace_back(name, std::move(*error));
    });
    for (const std::string_view name : {"name", "size"})
        if (!document.root().find(name)) errors.emplace_back(name, {"required", "This field is required."});
    if (!errors.empty()) return std::unexpected(errors::validation_failed(std::move(errors)));
    return file;
}

audit::Entry entry_of(const api::Context& context, std::string_view action, const Uuid& file) {
    return {.tenant = context.tenant->id,
            .actor = context.principal->user,
            .session = context.principal->session,
            .action = action,
            .object_type = "file",
            .object = file,
            .changes = "{}",
            .client_address = context.request.client_address,
            .request_id = context.request.request_id};
}

Error quota_exceeded() {
    return errors::conflict("file_quota_exceeded", "The organisation's files take as much as they may.");
}

http::Response begun(const File& file, int status) {
    http::Response response = http::Response::json(status, upload_json(file));
    response.header("Location", fmt::format("/api/v1/files/{}", file.id.to_string()));
    return response;
}

std::optional<std::int64_t> read_ordinal(std::string_view text) {
    std::int32_t ordinal = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ordinal);
    if (error != std::errc() || end != text.data() + text.size() || ordinal < 0) return {};
    return ordinal;
}

/// Why a chunk is not in its place after all.
Error refusal(const File& file, std::int64_t ordinal) {
    if (file.stored) return errors::conflict("file_stored", "This file is complete; its bytes do not change.");
    return errors::validation_failed(
        {{"chunk",
          {"invalid", fmt::format("Chunk {} of this file has {} bytes.", ordinal, file.size_of_chunk(ordinal))}}});
}

}  // namespace

asio::awaitable<Result<http::Response>> Uploads::begin(api::Context& context) {
    const Uuid& tenant = context.tenant->id;
    const Uuid& user = context.principal->user;
    TERRACE_CO_TRY(document, api::parse_object(context));
    TERRACE_CO_TRY(file, read_new_file(document));
    TERRACE_CO_TRY(key, resource::read_key(context.request, user, 201));

    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back(begin_upload(tenant, user, file));
    unit.statements.push_back(audit::insert(entry_of(context, "files.upload", file.id)));
    if (key) {
        unit.statements.push_back(resource::forget_expired_key(*key, tenant));
        unit.statements.push_back(resource::keep_key(*key, tenant, file.id, 1));
    }
    unit.statements.push_back(count_usage(tenant, file.size, quota_));
    auto rows = co_await database_.run(*context.scope, std::move(unit));
    if (rows) co_return begun(file_from(rows->front()), 201);
    if (key && resource::is_key_taken(rows.error())) co_return co_await replay(context, *key);
    if (rows.error().constraint == "file_usage_quota_check") co_return std::unexpected(quota_exceeded());
    co_return std::unexpected(db::to_error(rows.error()));
}

/// The upload that the first request with this key has begun, as it is now.
asio::awaitable<Result<http::Response>> Uploads::replay(api::Context& context, const resource::IdempotencyKey& key) {
    db::Statement find = resource::find_key(key, context.tenant->id);
    auto found = co_await database_.run(*context.scope, db::UnitKind::point_read, *find.shape, std::move(find.params));
    if (!found) co_return std::unexpected(db::to_error(found.error()));
    const auto kept = resource::kept_key(*found);
    if (!kept) co_return std::unexpected(errors::unavailable());
    if (kept->request_hash != key.request_hash) co_return std::unexpected(resource::idempotency_mismatch());
    db::Statement read = find_file(context.tenant->id, kept->object);
    auto rows = co_await database_.run(*context.scope, db::UnitKind::point_read, *read.shape, std::move(read.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::unexpected(errors::not_found());
    http::Response response = begun(file_from(*rows), kept->status);
    response.header("Idempotency-Replayed", "true");
    co_return response;
}

/// Of bytes that do not belong into their own upload nothing is looked at; what is wrong with them, the unit says.
asio::awaitable<Result<std::string>> Uploads::type_by_first_chunk(const api::Context& context, const Uuid& id) {
    db::Statement find = find_file(context.tenant->id, id);
    auto rows = co_await database_.run(*context.scope, db::UnitKind::point_read, *find.shape, std::move(find.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->empty()) co_return std::unexpected(errors::not_found());
    const File file = file_from(*rows);
    if (file.created_by != context.principal->user) co_return std::unexpected(errors::not_found());
    const std::string_view bytes = context.request.body;
    if (file.stored || std::cmp_not_equal(bytes.size(), file.size_of_chunk(0))) co_return std::string();
    co_return types_.of(bytes);
}

asio::awaitable<Result<http::Response>> Uploads::put_chunk(api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    const auto ordinal = read_ordinal(context.parameter("ordinal"));
    if (!id || !ordinal) co_return std::unexpected(errors::not_found());
    const Uuid& tenant = context.tenant->id;
    const Uuid& user = context.principal->user;
    const std::string_view bytes = context.request.body;
    std::string type;
    if (*ordinal == 0) {
        TERRACE_CO_TRY(found, co_await type_by_first_chunk(context, *id));
        type = std::move(found);
    }
    const Chunk chunk{.ordinal = *ordinal, .bytes = bytes, .media_type = type};

    db::Unit unit{.kind = db::UnitKind::write};
    unit.statements.push_back(files::put_chunk(tenant, user, *id, chunk));
    unit.statements.push_back(store_if_complete(tenant, *id));
    unit.statements.push_back(find_upload(tenant, user, *id, chunk));
    auto rows = co_await database_.run(*context.scope, std::move(unit));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    const db::Rows& found = rows->back();
    if (found.empty()) co_return std::unexpected(errors::not_found());
    const File file = file_from(found);
    if (*ordinal >= file.chunks()) co_return std::unexpected(errors::not_found());
    // A chunk that was sent again because its answer was lost is there already, stored or not.
    if (!found.is_null(0, same_bytes_column) && found.boolean(0, same_bytes_column))
        co_return http::Response::json(200, upload_json(file));
    co_return std::unexpected(refusal(file, *ordinal));
}

asio::awaitable<Result<http::Response>> Uploads::remove(api::Context& context) {
    const auto id = Uuid::parse(context.parameter("id"));
    if (!id) co_return std::unexpected(errors::not_found());
    db::Statement remove = remove_upload(context.tenant->id, context.principal->user, *id);
    auto rows = co_await database_.run(*context.scope, db::UnitKind::write, *remove.shape, std::move(remove.params));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    if (rows->affected() == 0) co_return std::unexpected(errors::not_found());
    co_return http::Response::no_content();
}

}  // namespace terrace::files
