#include "platform/resource/describe.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/query/index_check.hpp"
#include "platform/resource/testing/test_client.hpp"
#include "platform/resource/testing/test_refusal.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace terrace::resource::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Author {
    Uuid id;
    std::int64_t version = 1;
    std::string slug;
    Timestamp created_at;
    Timestamp updated_at;
    std::optional<Timestamp> archived_at;
};

struct Book {
    Uuid id;
    std::int64_t version = 1;
    std::string title;
    std::optional<std::string> author;  ///< by slug
    std::optional<std::string> editor;  ///< by slug, and none that is archived
    Timestamp created_at;
    Timestamp updated_at;
};

const Resource& authors() {
    static const Resource resource =
        describe<Author>({.plural = "authors", .singular = "author", .schema = "Author", .table = "{tenant}.author"})
            .fields(field<&Author::id>, field<&Author::version>,
                    field<&Author::slug>.required().slug().unique("author_slug_key"), field<&Author::created_at>,
                    field<&Author::updated_at>, field<&Author::archived_at>)
            .orderings("slug", {by<&Author::slug>()})
            .archivable()
            .build();
    return resource;
}

auto begin_books() {
    return describe<Book>({.plural = "books", .singular = "book", .schema = "Book", .table = "{tenant}.book"})
        .fields(field<&Book::id>, field<&Book::version>, field<&Book::title>.required().max_length(80),
                field<&Book::author>.slug()
                    .refers_to<&Author::slug>("{tenant}.author", "book_author_fkey")
                    .kept_in("author_id"),
                field<&Book::editor>.slug()
                    .refers_to<&Author::slug>("{tenant}.author", "book_editor_fkey")
                    .kept_in("editor_id")
                    .not_archived(),
                field<&Book::created_at>, field<&Book::updated_at>)
        .orderings("title", {by<&Book::title>()});
}

const Resource& books() {
    static const Resource resource =
        begin_books().filter<&Book::author>(lookup::exact, lookup::in, lookup::isnull).build();
    return resource;
}

void make_book_tables() {
    ::terrace::testing::TestDatabase::instance().run(R"sql(
        create table shared.author (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1, slug text collate "C" not null,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            archived_at timestamptz, primary key (tenant_id, id), constraint author_slug_key unique (tenant_id, slug));
        call catalog.protect_tenant_table('shared.author');
        create table shared.book (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            title text collate "C" not null, author_id uuid, editor_id uuid,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            primary key (tenant_id, id),
            constraint book_author_fkey foreign key (tenant_id, author_id) references shared.author (tenant_id, id),
            constraint book_editor_fkey foreign key (tenant_id, editor_id) references shared.author (tenant_id, id));
        create index book_title_idx on shared.book (tenant_id, title, id);
        create index book_author_idx on shared.book (tenant_id, author_id, title, id);
        call catalog.protect_tenant_table('shared.book');
    )sql");
}

class ReferencesByKey : public ::terrace::testing::DataLayerTest {
  protected:
    static void SetUpTestSuite() { make_book_tables(); }
    ~ReferencesByKey() override { settle(); }

    Client client(const db::TenantScope& scope) {
        api::Api both = served(books(), parts);
        add(authors(), parts, both);
        return Client(loop, std::move(both), scope);
    }
    /// The path of a new author.
    std::string author(Client& of, std::string_view slug) {
        return of.post("/api/v1/authors", fmt::format(R"({{"slug":"{}"}})", slug)).header("Location");
    }
    Answer make(std::string_view title, std::string_view more) {
        return tenant.post("/api/v1/books", fmt::format(R"({{"title":"{}",{}}})", title, more));
    }
    std::vector<std::string> titles(std::string_view query) {
        return tenant.get(fmt::format("/api/v1/books?{}", query)).results("title");
    }

    EngineParts parts{database, "a secret of at least thirty-two characters"};
    Client tenant = client(tests.tenant());
};

TEST_F(ReferencesByKey, AreWrittenAndAnsweredByTheKey) {
    author(tenant, "tagore");
    const Answer made = make("Gora", R"("author":"tagore")");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.get("author"), "tagore");
    EXPECT_EQ(tenant.get(made.header("Location")).body, made.body);
    EXPECT_EQ(tenant.patch(made.header("Location"), R"({"author":null})").get("author"), "null");
    EXPECT_EQ(tenant.patch(made.header("Location"), R"({"author":"tagore"})").get("author"), "tagore");
}

TEST_F(ReferencesByKey, KeepTheIdSoThatAChangedKeyIsTheSameObject) {
    const std::string path = author(tenant, "tagore");
    const Answer made = make("Gora", R"("author":"tagore","editor":"tagore")");
    const Answer other = make("Sadhana", R"("author":"tagore")");
    ASSERT_EQ(tenant.patch(path, R"({"slug":"rabindranath-tagore"})").status, 200);
    EXPECT_EQ(tenant.get(made.header("Location")).get("author"), "rabindranath-tagore");
    EXPECT_EQ(tenant.get(made.header("Location")).get("editor"), "rabindranath-tagore");
    EXPECT_EQ(make("Gitanjali", R"("author":"tagore")").errors(), "author: does_not_exist");
    // A change of another field leaves the reference alone.
    EXPECT_EQ(tenant.patch(other.header("Location"), R"({"title":"Sadhana!"})").get("author"), "rabindranath-tagore");
}

TEST_F(ReferencesByKey, ToNothingAreErrorsOfTheField) {
    EXPECT_EQ(make("Gora", R"("author":"nobody")").errors(), "author: does_not_exist");
    EXPECT_EQ(make("Gora", R"("author":"not a slug")").errors(), "author: invalid");
    author(tenant, "tagore");
    const Answer made = make("Gora", R"("author":"tagore")");
    EXPECT_EQ(tenant.patch(made.header("Location"), R"({"author":"nobody"})").errors(), "author: does_not_exist");
    EXPECT_EQ(tenant.get(made.header("Location")).get("author"), "tagore");
}

TEST_F(ReferencesByKey, KnowNothingOfOtherTenants) {
    Client stranger = client(tests.tenant());
    author(stranger, "tagore");
    const Answer never = make("Gora", R"("author":"nobody")");
    EXPECT_EQ(make("Gora", R"("author":"tagore")").body, never.body);
    author(tenant, "tagore");
    EXPECT_EQ(make("Gora", R"("author":"tagore")").status, 201);
    EXPECT_THAT(stranger.get("/api/v1/books?author=tagore").results("title"), IsEmpty());
}

TEST_F(ReferencesByKey, ToWhatIsArchivedAreRefusedWhereItIsDeclared) {
    const std::string path = author(tenant, "tagore");
    const Answer before = make("Gora", R"("editor":"tagore")");
    ASSERT_EQ(tenant.remove(path).status, 204);
    EXPECT_EQ(make("Sadhana", R"("editor":"tagore")").errors(), "editor: does_not_exist");
    EXPECT_EQ(make("Sadhana", R"("author":"tagore")").status, 201);
    // One that was made before stays, also where another field changes.
    EXPECT_EQ(tenant.patch(before.header("Location"), R"({"title":"Gora!"})").get("editor"), "tagore");
}

TEST_F(ReferencesByKey, NarrowListsByIndexes) {
    author(tenant, "tagore");
    author(tenant, "premchand");
    make("Gora", R"("author":"tagore")");
    make("Godan", R"("author":"premchand")");
    make("Hitopadesha", R"("author":null)");
    EXPECT_THAT(titles("author=tagore"), ElementsAre("Gora"));
    EXPECT_THAT(titles("author=nobody"), IsEmpty());
    EXPECT_THAT(titles("author__in=tagore,premchand"), ElementsAre("Godan", "Gora"));
    EXPECT_THAT(titles("author__isnull=true"), ElementsAre("Hitopadesha"));
    EXPECT_THAT(titles("author__isnull=false&author__in=premchand&author=premchand"), ElementsAre("Godan"));
    db::AdminConnection app(tests.app_url());
    for (const db::Finding& finding : check_indexes(books(), app)) ADD_FAILURE() << finding.problem << finding.mend;
}

TEST_F(ReferencesByKey, OfTwoWritersAtOnceTheRenamedOneIsFound) {
    const std::string path = author(tenant, "tagore");
    const Answer made = make("Gora", R"("author":"tagore")");
    auto renamed = tenant.start(http::Method::patch, path, R"({"slug":"thakur"})");
    auto retitled = tenant.start(http::Method::patch, made.header("Location"), R"({"title":"Gora!"})");
    EXPECT_EQ(renamed.wait().status, 200);
    EXPECT_EQ(retitled.wait().status, 200);
    EXPECT_EQ(tenant.get(made.header("Location")).get("author"), "thakur");
}

TEST(ReferenceByKey, ThatIsDeclaredWronglyIsRefusedWithASentence) {
    EXPECT_THAT(refusal(begin_books().filter<&Book::author>(lookup::prefix)),
                HasSubstr("the filter author__prefix names author, a reference that is kept by id; it has no order. "
                          "Filter it by exact, in and isnull."));
    EXPECT_THAT(refusal(begin_books().allow(Act::read, is<&Book::author>("tagore"))),
                HasSubstr("a rule compares author, a reference that is kept by id"));
    EXPECT_THAT(refusal(begin_books().search("{tenant}.book_token", {words<&Book::author>()})),
                HasSubstr("the search names author, a reference that is kept by id"));
    const Names names{.plural = "authors", .singular = "author", .schema = "Author", .table = "{tenant}.author"};
    EXPECT_THAT(
        refusal(describe<Author>(names)
                    .fields(field<&Author::id>, field<&Author::version>, field<&Author::slug>.kept_in("slug_id"),
                            field<&Author::created_at>, field<&Author::updated_at>, field<&Author::archived_at>)
                    .orderings("created_at", {by<&Author::created_at>()})),
        HasSubstr("slug is kept_in a column, and is no reference; write refers_to<…>(…) before it."));
}

}  // namespace
}  // namespace terrace::resource::testing
