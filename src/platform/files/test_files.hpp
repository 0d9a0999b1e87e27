#pragma once

#include "platform/files/endpoints.hpp"
#include "platform/files/file.hpp"
#include "platform/files/sweep.hpp"
#include "platform/resource/describe.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_client.hpp"
#include "platform/testing/run.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

/// The endpoints of files, and a throw-away resource whose objects hold some.
namespace terrace::files::testing {

using resource::testing::Answer;
using resource::testing::Client;
using resource::testing::Headers;

struct Card {
    Uuid id;
    std::int64_t version = 1;
    std::string title;
    std::optional<resource::File> photo;
    std::optional<resource::File> scan;  ///< not for everybody
    std::optional<Uuid> owner_id;
    resource::Timestamp created_at;
    resource::Timestamp updated_at;
    std::optional<resource::Timestamp> archived_at;
};

inline const resource::Resource& cards() {
    using namespace resource;
    static const auto resource =
        describe<Card>({.plural = "cards", .singular = "card", .schema = "Card", .table = "{tenant}.card"})
            .fields(field<&Card::id>, field<&Card::version>, field<&Card::title>.required().max_length(40),
                    field<&Card::photo>.image().most_bytes(1_MB), field<&Card::scan>.visible_to("cards.see_scans"),
                    field<&Card::owner_id>, field<&Card::created_at>, field<&Card::updated_at>,
                    field<&Card::archived_at>)
            .orderings("created_at", {by<&Card::created_at>()})
            .allow(Act::read, holds("cards.read") || own<&Card::owner_id>())
            .archivable()
            .build();
    return resource;
}

inline void make_card_table() {
    ::terrace::testing::TestDatabase::instance().run(R"sql(
        create table if not exists shared.card (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1, title text not null,
            photo uuid, scan uuid, owner_id uuid,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            archived_at timestamptz,
            primary key (tenant_id, id),
            constraint card_photo_fkey foreign key (tenant_id, photo, id)
                references shared.file (tenant_id, id, object_id),
            constraint card_scan_fkey foreign key (tenant_id, scan, id)
                references shared.file (tenant_id, id, object_id));
        create index if not exists card_created_at_idx on shared.card (tenant_id, created_at, id);
        do $$ begin
            if not exists (select from pg_policies where tablename = 'card') then
                call catalog.protect_tenant_table('shared.card');
            end if;
        end $$;
    )sql");
}

/// A picture of one pixel as far as its header goes, and then anything: what a file begins with is what it is taken
/// for.
inline std::string png(std::size_t size = 100) {
    std::string bytes(
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\xff\xff\xffIDAT", 41);
    bytes.resize(std::max(size, bytes.size()), 'x');
    return bytes;
}

/// Files of a fresh tenant.
class FilesTest : public ::terrace::testing::DataLayerTest {
  public:
    ~FilesTest() override { settle(); }

  protected:
    static constexpr auto chunk = static_cast<std::size_t>(chunk_size);
    static constexpr std::int64_t quota = std::int64_t{4} * 1024 * 1024;
    static void SetUpTestSuite() { make_card_table(); }

    api::Api served() {
        api::Api api = resource::testing::served(cards(), {database, "a secret of at least thirty-two characters"});
        add_to(api, {.database = database, .quota = quota, .resources = resources});
        return api;
    }

    static std::string announcement(std::string_view name, std::size_t size) {
        return fmt::format(R"({{"name":"{}","size":{}}})", name, size);
    }
    /// Begins an upload; its id.
    std::string begin(Client& client, std::size_t size, std::string_view name = "a.png") {
        const Answer answer = client.post(list, announcement(name, size));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.get("id");
    }
    static std::string chunk_of(std::string_view bytes, std::size_t ordinal) {
        return std::string(bytes.substr(ordinal * chunk_size, chunk_size));
    }
    Answer put(Client& client, const std::string& id, std::size_t ordinal, std::string bytes) {
        return client.put(fmt::format("{}/{}/chunks/{}", list, id, ordinal), std::move(bytes));
    }
    /// A stored file; its id.
    std::string upload(Client& client, std::string_view bytes, std::string_view name = "a.png") {
        const std::string id = begin(client, bytes.size(), name);
        for (std::size_t i = 0; i * chunk_size < bytes.size(); ++i)
            EXPECT_EQ(put(client, id, i, chunk_of(bytes, i)).status, 200);
        return id;
    }
    std::string upload(std::string_view bytes, std::string_view name = "a.png") { return upload(ada, bytes, name); }

    Answer download(Client& client, const std::string& id, Headers headers = {}) {
        return client.get(fmt::format("{}/{}", list, id), std::move(headers));
    }

    std::int64_t count(const std::string& sql) { return number(ada.tenant()->id, sql); }
    std::int64_t files() { return count("select count(*) from shared.file where tenant_id = $1"); }
    std::int64_t chunks() { return count("select count(*) from shared.file_chunk where tenant_id = $1"); }
    std::int64_t used() {
        return count("select coalesce(sum(bytes), 0)::bigint from shared.file_usage where tenant_id = $1");
    }
    /// As if so much time had passed.
    void age(const char* interval) {
        db::Params params;
        params.add(ada.tenant()->id).add(interval);
        tests.run("update shared.file set expires_at = expires_at - $2::interval where tenant_id = $1", params);
    }
    void sweep() {
        const auto swept = ::terrace::testing::run(loop, files::sweep(database, ada.scope()));
        EXPECT_TRUE(swept);
    }

    const std::string list = "/api/v1/files";
    const std::string cards_list = "/api/v1/cards";
    const std::vector<const resource::Resource*> resources{&cards()};
    Client ada = Client(loop, served(), tests.tenant())
                     .colleague({"files.upload", "cards.read", "cards.create", "cards.update", "cards.archive",
                                 "cards.see_scans"});
    Client ben = ada.colleague({"files.upload", "cards.create", "cards.update"});
};

}  // namespace terrace::files::testing
