#include "platform/tenancy/life_cycle/certificate.hpp"

#include "platform/base/crypto.hpp"
#include "platform/base/json.hpp"

#include <fmt/format.h>

namespace terrace::tenancy {
namespace {

/// A later form of the document has another number.
constexpr int form = 2;

std::string hash_of(const std::string& text) {
    return crypto::hex(crypto::sha256(text));
}

}  // namespace

std::string canonical_json(const Certificate& certificate) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    writer.member("asked_at", certificate.asked_at).member("asked_by", certificate.asked_by);
    writer.key("catalog").begin_array();
    for (const auto& [table, rows] : certificate.catalog)
        writer.begin_object().member("rows", rows).member("table", table).end_object();
    writer.end_array();
    writer.member("erased_at", certificate.erased_at).member("erased_by", certificate.erased_by);
    writer.key("exports").begin_array();
    for (const ErasedExport& kept : certificate.exports)
        writer.begin_object()
            .member("manifest_sha256", kept.manifest_sha256)
            .member("removed", kept.removed)
            .member("rows", kept.rows)
            .member("taken_at", kept.taken_at)
            .end_object();
    writer.end_array();
    writer.member("form", form).member("isolation", certificate.isolation).member("persons", certificate.persons);
    writer.member("slug_sha256", hash_of(certificate.slug));
    writer.key("tables").begin_array();
    for (const auto& [table, sum] : certificate.tables)
        writer.begin_object()
            .member("checksum", sum.checksum)
            .member("rows", sum.count)
            .member("table", table)
            .end_object();
    writer.end_array();
    writer.member("tenant_id", certificate.tenant.to_string()).end_object();
    return text;
}

void keep(db::AdminConnection& installation, const Certificate& certificate) {
    const std::string document = canonical_json(certificate);
    installation.run(
        "insert into catalog.erasure (tenant_id, slug_sha256, erased_at, document, sha256) values ($1, $2, $3, $4, $5)",
        db::Params()
            .add(certificate.tenant)
            .add(hash_of(certificate.slug))
            .add(certificate.erased_at)
            .add(document)
            .add(hash_of(document)));
}

std::vector<std::string> find_certificates(db::AdminConnection& installation, const std::string& slug_or_id) {
    const db::Rows rows = installation.run(
        "select document, sha256 from catalog.erasure where slug_sha256 = $1 or tenant_id::text = lower($2)"
        " order by erased_at desc",
        db::Params().add(hash_of(slug_or_id)).add(slug_or_id));
    std::vector<std::string> found;
    found.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        found.push_back(fmt::format(R"({{"certificate":{},"sha256":"{}"}})", rows.text(row, 0), rows.text(row, 1)));
    return found;
}

}  // namespace terrace::tenancy
