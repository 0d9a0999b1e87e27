#pragma once

#include "platform/resource/describe.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_client.hpp"
#include "platform/resource/values/text.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

/// A throw-away resource with a table of its own, made by the tests: it needs no change to the platform.
namespace terrace::resource::testing {

struct Widget {
    Uuid id;
    std::int64_t version = 1;
    std::string label;
    std::string label_sort;
    std::string code;
    std::optional<std::string> colour;
    std::int64_t stock = 0;
    bool fragile = false;
    std::optional<Date> made_on;
    std::optional<Timestamp> sold_at;
    std::optional<Uuid> batch;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::optional<std::string> note;
    std::string keyword;
    Timestamp created_at;
    Timestamp updated_at;
    std::optional<Timestamp> archived_at;
};

inline std::string label_length(const RowView<Widget>& widget) {
    return std::to_string(widget.get<&Widget::label>().size());
}

inline void check_widget(Write<Widget, NoInput>& write) {
    if (write.object().fragile && write.object().stock > 100)
        write.error<&Widget::stock>("max_value", "Fragile widgets are kept by the hundred.");
    if (write.object().label == write.object().code) write.error("invalid", "Label and code say the same.");
}

inline void sort_label(Write<Widget, NoInput>& write) {
    write.object().label_sort = text::fold(write.object().label);
}

inline Resource describe_widgets() {
    return describe<Widget>({.plural = "widgets", .singular = "widget", .schema = "Widget", .table = "{tenant}.widget"})
        .fields(
            field<&Widget::id>, field<&Widget::version>, field<&Widget::label>.required().min_length(2).max_length(40),
            field<&Widget::label_sort>.hidden(),
            field<&Widget::code>.required().create_only().pattern("[A-Z]{2}[0-9]{1,4}", "Two letters and a number.").unique("widget_code_key"),
            field<&Widget::colour>.choices({"red", "green"}), field<&Widget::stock>.between(0, 1000),
            field<&Widget::fragile>, field<&Widget::made_on>, field<&Widget::sold_at>, field<&Widget::batch>,
            field<&Widget::email>.email(), field<&Widget::phone>.phone(),
            field<&Widget::note>.multiline().max_length(500), field<&Widget::keyword>.write_only(),
            computed<&label_length>("label_length"), field<&Widget::created_at>, field<&Widget::updated_at>,
            field<&Widget::archived_at>)
        .check(check_widget)
        .before_write(sort_label)
        .filter<&Widget::colour>()
        .filter<&Widget::stock>()
        .filter<&Widget::fragile>()
        .search("{tenant}.widget_token", {words<&Widget::label>(), digits<&Widget::phone>()})
        .orderings("label", {by<&Widget::label_sort>("label"), by<&Widget::stock>(), by<&Widget::created_at>()})
        .archivable()
        .build();
}

inline void make_widget_tables() {
    ::terrace::testing::TestDatabase::instance().run(R"sql(
        create table if not exists shared.widget (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1, label text not null,
            label_sort text collate "C" not null, code text not null, colour text, stock bigint not null,
            fragile boolean not null, made_on date, sold_at timestamptz, batch uuid, email text,
            phone text collate "C", note text, keyword text not null,
            created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
            archived_at timestamptz,
            primary key (tenant_id, id), constraint widget_code_key unique (tenant_id, code));
        create table if not exists shared.widget_token (
            tenant_id uuid not null, token text collate "C" not null, object_id uuid not null,
            primary key (tenant_id, token, object_id));
        do $$ begin
            if not exists (select from pg_policies where tablename = 'widget') then
                call catalog.protect_tenant_table('shared.widget');
                call catalog.protect_tenant_table('shared.widget_token');
            end if;
        end $$;
    )sql");
}

/// Widgets of a fresh tenant.
class WidgetTest : public ::terrace::testing::DataLayerTest {
  protected:
    static void SetUpTestSuite() { make_widget_tables(); }
    ~WidgetTest() override { settle(); }

    Client client(const db::TenantScope& scope) { return Client(loop, served(resource, parts), scope); }
    Client stranger() { return client(tests.tenant()); }

    /// A widget's id.
    std::string make(std::string_view fields) {
        const Answer answer = widgets.post("/api/v1/widgets", fmt::format("{{{}}}", fields));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.get("id");
    }
    std::string make(std::string_view label, std::string_view code, std::string_view more = "") {
        return make(fmt::format(R"("label":"{}","code":"{}"{}{})", label, code, more.empty() ? "" : ",", more));
    }
    /// One number from the database, past every policy.
    std::int64_t count(const std::string& sql) { return number(widgets.tenant()->id, sql); }

    const Resource resource = describe_widgets();
    EngineParts parts{database, "a secret of at least thirty-two characters"};
    Client widgets = client(tests.tenant());
};

}  // namespace terrace::resource::testing
