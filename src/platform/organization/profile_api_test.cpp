#include "platform/organization/test_domains.hpp"

#include <algorithm>
#include <thread>
#include <vector>

namespace terrace::organization {
namespace {

const std::string path = "/api/v1/organization";
/// What every reader takes for a picture.
const std::string pixel(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
    "\0\0\0\rIDATx\x9c"
    "c\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xae"
    "B`\x82",
    70);

class ProfileApi : public OrganizationApi {
  protected:
    static Reply change(harness::Client& client, const std::string& body, harness::Client::Headers headers = {}) {
        return client.patch(path, body, std::move(headers));
    }
    static std::string upload(harness::Client& client, const std::string& bytes = pixel) {
        const auto begun =
            client.post("/api/v1/files", R"({"name":"logo.png","size":)" + std::to_string(bytes.size()) + "}");
        const auto id = begun.text("id");
        const auto put = client.send("PUT", "/api/v1/files/" + id + "/chunks/0", bytes,
                                     {{"Content-Type", "application/octet-stream"}});
        EXPECT_EQ(put.status, 200) << put.body;
        return id;
    }
    static std::string with_logo(const std::string& id) { return R"({"logo":")" + id + "\"}"; }
    static std::string to_slug(const std::string& slug) { return R"({"slug":")" + slug + "\"}"; }
    /// The owner at the root host, which stays when the slug changes.
    static harness::Client at_root(const harness::TestServer::Organization& who) {
        auto client = server().client();
        client.set("Authorization", "Bearer " + who.access_token);
        return client;
    }
    /// Former slugs of the first organisation.
    std::int64_t kept(db::AdminConnection& admin) const {
        return admin
            .run("select count(*) from catalog.former_slug where tenant_id = $1",
                 db::Params().add(Uuid::parse(asha.id).value()))
            .integer(0, 0);
    }
    harness::Client member(const std::string& role) {
        auto admin = testing::TestDatabase::instance().admin();
        const auto person = server().sign_up();
        admin.run(
            "insert into catalog.membership (tenant_id, user_id, role_slug) select $1, u.id, $3 from"
            " catalog.user_account u where u.email = $2",
            db::Params().add(Uuid::parse(asha.id).value()).add(person.owner_email).add(role));
        const auto token = server().client().post(
            "/api/v1/auth/token", R"({"grant_type":"password","email":")" + person.owner_email + R"(","password":")" +
                                      person.password + R"(","tenant":")" + asha.slug + "\"}");
        auto client = server().client(asha.slug);
        client.set("Authorization", "Bearer " + token.text("access_token"));
        return client;
    }
};

TEST_F(ProfileApi, AnOwnerChangesWhatTheOrganisationSaysOfItself) {
    const auto read = owner.get(path);
    ASSERT_EQ(read.status, 200) << read.body;
    EXPECT_EQ(read.text("slug"), asha.slug);
    EXPECT_EQ(read.text("locale"), "en-IN");
    EXPECT_EQ(read.text("time_zone"), "Asia/Kolkata");
    EXPECT_TRUE(read.json().root().find("logo")->is_null());

    const auto changed = change(owner, R"({"name":"कमल","locale":"hi-IN","time_zone":"Asia/Dubai"})",
                                {{"If-Match", *read.header("etag")}});
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.text("name"), "कमल");
    EXPECT_EQ(changed.integer("version"), read.integer("version") + 1);
    EXPECT_TRUE(within_a_second(
        [&] { return other_server().owner(asha).get("/api/v1/auth/me").text("tenant.time_zone") == "Asia/Dubai"; }));
    EXPECT_EQ(change(owner, R"({"name":"Late"})", {{"If-Match", *read.header("etag")}}).status, 412);
    EXPECT_EQ(change(owner, R"({"name":"Last"})").status, 200);
}

TEST_F(ProfileApi, NamesEveryFaultOfAChangeAtOnce) {
    const auto reply = change(
        owner, R"({"name":"","slug":"www","locale":"fr-FR","time_zone":"Mars/Olympus","logo":"x","color":"red"})");
    EXPECT_EQ(reply.status, 400);
    const auto document = reply.json();
    const auto errors = document.root().find("errors").value();
    for (const auto* field : {"name", "slug", "locale", "time_zone", "logo", "color"})
        EXPECT_TRUE(errors.find(field)) << field << " in " << reply.body;
    for (const auto* zone :
         {"EST", "posixrules", "../etc/passwd", "Asia/", "asia/kolkata", "zone.tab", "right/Asia/Kolkata"})
        EXPECT_EQ(change(owner, std::string(R"({"time_zone":")") + zone + "\"}").status, 400) << zone;
    for (const auto* zone : {"UTC", "Asia/Calcutta", "America/Argentina/Buenos_Aires"})
        EXPECT_EQ(change(owner, std::string(R"({"time_zone":")") + zone + "\"}").status, 200) << zone;
}

TEST_F(ProfileApi, MembersReadAndOnlyWhoHoldsThePermissionChanges) {
    auto admin = member("admin"), plain = member("member");
    EXPECT_EQ(plain.get(path).text("slug"), asha.slug);
    EXPECT_EQ(change(plain, R"({"name":"Mine"})").status, 403);
    EXPECT_EQ(plain.get(path + "/domains").status, 403);
    EXPECT_EQ(change(admin, R"({"name":"Ours"})").status, 200);
    EXPECT_EQ(owner.get(path).text("name"), "Ours");
}

TEST_F(ProfileApi, OfParallelChangesFromOneVersionExactlyOneWins) {
    const auto etag = *owner.get(path).header("etag");
    std::vector<int> statuses(8);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < statuses.size(); ++i)
            threads.emplace_back([&, i] {
                auto client = (i % 2 ? server() : other_server()).owner(asha);
                statuses[i] = change(client, R"({"name":"N)" + std::to_string(i) + "\"}", {{"If-Match", etag}}).status;
            });
    }
    EXPECT_EQ(std::ranges::count(statuses, 200), 1);
    EXPECT_EQ(std::ranges::count(statuses, 412), 7);
}

TEST_F(ProfileApi, ANewSubDomainIsKnownAndTheOldOneIsNobodysForAWhile) {
    const auto next = "n" + asha.slug.substr(1);
    const auto changed = change(owner, R"({"slug":")" + next + "\"}");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.text("origin"), "http://" + next + ".localhost:8000");
    for (auto* where : {&server(), &other_server()}) {
        EXPECT_TRUE(within_a_second([&] { return at(*where, next + ".localhost", asha.access_token).status == 200; }));
        EXPECT_TRUE(within_a_second([&] { return at(*where, asha.slug + ".localhost").status == 404; }));
    }
    const auto grab = change(other_owner, R"({"slug":")" + asha.slug + "\"}");
    EXPECT_EQ(grab.status, 409);
    EXPECT_EQ(grab.text("code"), "slug_taken");
    EXPECT_TRUE(server()
                    .client()
                    .get("/api/v1/auth/slug-availability?slug=" + asha.slug)
                    .body.contains(R"("available":false)"));
    if (server().config().new_tenants == Isolation::shared) {  // elsewhere it would want a place made ahead
        const auto sign_up =
            server().client().post("/api/v1/auth/register", R"({"organization_name":"Grab","slug":")" + asha.slug +
                                                                R"(","full_name":"G","email":"g)" + next +
                                                                R"(@x.example","password":"correct horse battery"})");
        EXPECT_EQ(sign_up.text("code"), "slug_taken") << sign_up.body;
    }

    auto client = server().client(next);
    client.set("Authorization", "Bearer " + asha.access_token);
    EXPECT_EQ(change(client, R"({"slug":")" + asha.slug + "\"}").status, 200) << "its own it may take back";
    EXPECT_EQ(change(other_owner, R"({"slug":")" + ravi.slug + "\"}").status, 200) << "the same is no change";
}

TEST_F(ProfileApi, OfTwoWhoWantOneSubDomainAtOnceExactlyOneHasIt) {
    const auto wanted = "w" + asha.slug.substr(1);
    std::vector<int> statuses(6);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < statuses.size(); ++i)
            threads.emplace_back([&, i] {
                auto client = server().client();  // the root host: a slug that has changed is no host any more
                client.set("Authorization", "Bearer " + (i % 2 ? asha : ravi).access_token);
                statuses[i] = change(client, R"({"slug":")" + wanted + "\"}").status;
            });
    }
    EXPECT_EQ(std::ranges::count(statuses, 200), 3);
    EXPECT_EQ(std::ranges::count(statuses, 409), 3);
}

TEST_F(ProfileApi, ThreeFormerSubDomainsAreKeptAndAFourthChangeWaits) {
    auto client = at_root(asha);
    const auto slug = [&](char mark) { return mark + asha.slug.substr(1); };
    for (const char mark : {'u', 'v', 'w'}) ASSERT_EQ(change(client, to_slug(slug(mark))).status, 200) << mark;
    const auto refused = change(client, to_slug(slug('x')));
    EXPECT_EQ(refused.status, 409) << refused.body;
    EXPECT_EQ(refused.text("code"), "slug_limit");
    EXPECT_TRUE(refused.text("detail").contains(refused.text("free_at"))) << refused.body;
    auto admin = testing::TestDatabase::instance().admin();
    EXPECT_TRUE(
        admin
            .run("select $1::timestamptz - now() between interval '29 days 23 hours' and interval '30 days 1 second'",
                 db::Params().add(refused.text("free_at")))
            .boolean(0, 0))
        << refused.body;
    EXPECT_EQ(change(client, R"({"name":"Renamed"})").status, 200) << "the rest may change";
    EXPECT_EQ(change(client, to_slug(slug('v'))).status, 200) << "its own it may take back";
    EXPECT_EQ(change(client, to_slug(slug('x'))).text("code"), "slug_limit");

    admin.run("update catalog.former_slug set until = clock_timestamp() where slug = $1", db::Params().add(asha.slug));
    EXPECT_EQ(change(client, to_slug(slug('x'))).status, 200);
    EXPECT_EQ(kept(admin), 3) << "what nobody keeps any more is gone";
    auto other = at_root(ravi);
    EXPECT_EQ(change(other, to_slug(asha.slug)).status, 200);
}

TEST_F(ProfileApi, OfManyNewSubDomainsAtOnceThreeFormerOnesAreKept) {
    std::vector<int> statuses(9);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < statuses.size(); ++i)
            threads.emplace_back([&, i] {
                harness::Client client = i % 2 ? server().client() : other_server().client();
                client.set("Authorization", "Bearer " + asha.access_token);
                statuses[i] = change(client, to_slug(static_cast<char>('c' + i) + asha.slug.substr(1))).status;
            });
    }
    EXPECT_EQ(std::ranges::count(statuses, 200), 3);
    EXPECT_EQ(std::ranges::count(statuses, 409), 6);
    auto admin = testing::TestDatabase::instance().admin();
    EXPECT_EQ(kept(admin), 3);
}

TEST_F(ProfileApi, APictureIsForEveryMemberAndOneAtATime) {
    auto plain = member("member");
    const auto first = upload(owner), second = upload(owner);
    const auto changed = change(owner, with_logo(first));
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.text("logo.media_type"), "image/png");
    const auto url = changed.text("logo.url");
    EXPECT_EQ(plain.get(url + "?inline=true", {{"Accept", "*/*"}}).body, pixel);
    EXPECT_EQ(other_owner.get(url, {{"Accept", "*/*"}}).status, 404);

    EXPECT_EQ(change(owner, with_logo(second)).status, 200);
    EXPECT_EQ(plain.get(url, {{"Accept", "*/*"}}).status, 404) << "let go of";
    EXPECT_EQ(change(owner, R"({"logo":null})").status, 200);
    EXPECT_TRUE(owner.get(path).json().root().find("logo")->is_null());
    EXPECT_EQ(change(owner, with_logo(first)).status, 200) << "may be put back until it is swept";
}

TEST_F(ProfileApi, NamesWhatIsWrongWithAPicture) {
    const auto code = [&](const Reply& reply) {
        EXPECT_EQ(reply.status, 400) << reply.body;
        return reply.body;
    };
    EXPECT_TRUE(code(change(owner, with_logo(upload(owner, "no picture at all")))).contains("invalid_image"));
    EXPECT_TRUE(code(change(owner, with_logo("01900000-0000-7000-8000-000000000000"))).contains("does_not_exist"));
    EXPECT_TRUE(code(change(owner, with_logo(upload(other_owner)))).contains("does_not_exist"));
    auto admin = member("admin");
    EXPECT_TRUE(code(change(owner, with_logo(upload(admin)))).contains("does_not_exist")) << "a colleague's upload";
    const auto begun = owner.post("/api/v1/files", R"({"name":"logo.png","size":70})");
    EXPECT_TRUE(code(change(owner, with_logo(begun.text("id")))).contains("incomplete"));
}

TEST_F(ProfileApi, OfParallelPicturesOneIsHeldAndTheOthersAreLetGoOf) {
    std::vector<std::string> files;
    for (int i = 0; i < 16; ++i) files.push_back(upload(owner));
    {
        std::vector<std::jthread> threads;
        for (const auto& file : files)
            threads.emplace_back([&file, this] {
                auto client = server().owner(asha);
                EXPECT_EQ(change(client, with_logo(file)).status, 200);
            });
    }
    int held = 0;
    for (const auto& file : files) held += owner.get("/api/v1/files/" + file, {{"Accept", "*/*"}}).status == 200;
    EXPECT_EQ(held, 1);
}

}  // namespace
}  // namespace terrace::organization
