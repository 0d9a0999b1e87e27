#pragma once

#include "platform/resource/describe.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/testing/test_client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

/// Throw-away resources that are answered within each other: invoices with their lines and remarks, for customers in
/// cities.
namespace terrace::resource::testing {

struct City {
    Uuid id;
    std::int64_t version = 1;
    std::string name;
    Timestamp created_at, updated_at;
};

struct Customer {
    Uuid id;
    std::int64_t version = 1;
    std::string name;
    std::optional<std::string> phone;
    std::optional<Uuid> city_id;
    Timestamp created_at, updated_at;
};

struct Line {
    Uuid id;
    std::int64_t version = 1;
    Uuid invoice_id;
    std::int64_t place = 0;
    std::string text;
    std::int64_t quantity = 1;
    std::int64_t cost = 0;
    std::optional<std::string> serial;
    Timestamp created_at, updated_at;
};

struct Remark {
    Uuid id;
    std::int64_t version = 1;
    Uuid invoice_id;
    std::string text;
    std::optional<Uuid> author_id;
    Timestamp created_at, updated_at;
    std::optional<Timestamp> archived_at;
};

struct Invoice {
    Uuid id;
    std::int64_t version = 1;
    std::string code;
    std::optional<Uuid> customer_id;
    Timestamp created_at, updated_at;
};

inline const Resource& cities() {
    static const Resource resource =
        describe<City>({.plural = "cities", .singular = "city", .schema = "City", .table = "{tenant}.city"})
            .fields(field<&City::id>, field<&City::version>, field<&City::name>.required(), field<&City::created_at>,
                    field<&City::updated_at>)
            .orderings("name", {by<&City::name>()})
            .build();
    return resource;
}

inline const Resource& customers() {
    static const Resource resource =
        describe<Customer>(
            {.plural = "customers", .singular = "customer", .schema = "Customer", .table = "{tenant}.customer"})
            .fields(field<&Customer::id>, field<&Customer::version>, field<&Customer::name>.required(),
                    field<&Customer::phone>.visible_to("customers.phones"),
                    field<&Customer::city_id>.refers_to<&City::id>("{tenant}.city", "customer_city_fkey"),
                    field<&Customer::created_at>, field<&Customer::updated_at>)
            .expand<&Customer::city_id>(cities())
            .orderings("name", {by<&Customer::name>()})
            .build();
    return resource;
}

inline void check_line(Write<Line, NoInput>& write) {
    if (write.object().text == "void" && write.object().quantity > 1)
        write.error("invalid", "There is one void at most.");
}

inline const Resource& lines() {
    static const Resource resource =
        describe<Line>({.plural = "lines", .singular = "line", .schema = "Line", .table = "{tenant}.line"})
            .fields(field<&Line::id>, field<&Line::version>,
                    field<&Line::invoice_id>.required().create_only().refers_to<&Invoice::id>(
                        "{tenant}.invoice", "line_invoice_fkey").touches(),
                    field<&Line::place>.between(0, 1000), field<&Line::text>.required().max_length(40),
                    field<&Line::quantity>.between(1, 99), field<&Line::cost>.visible_to("lines.see_cost"),
                    field<&Line::serial>.unique("line_serial_key"), field<&Line::created_at>, field<&Line::updated_at>)
            .check(check_line)
            .search("{tenant}.line_token", {words<&Line::text>()})
            .orderings("place", {by<&Line::place>()})
            .build();
    return resource;
}

inline const Resource& remarks() {
    static const Resource resource =
        describe<Remark>({.plural = "remarks", .singular = "remark", .schema = "Remark", .table = "{tenant}.remark"})
            .fields(field<&Remark::id>, field<&Remark::version>,
                    field<&Remark::invoice_id>.required().create_only().refers_to<&Invoice::id>("{tenant}.invoice",
                                                                                                "remark_invoice_fkey"),
                    field<&Remark::text>.required().max_length(40), field<&Remark::author_id>,
                    field<&Remark::created_at>, field<&Remark::updated_at>, field<&Remark::archived_at>)
            .orderings("created_at", {by<&Remark::created_at>()})
            .allow(Act::read, holds("remarks.read") || own<&Remark::author_id>())
            .archivable()
            .build();
    return resource;
}

inline auto begin_invoices() {
    return describe<Invoice>(
               {.plural = "invoices", .singular = "invoice", .schema = "Invoice", .table = "{tenant}.invoice"})
        .fields(field<&Invoice::id>, field<&Invoice::version>,
                field<&Invoice::code>.required().max_length(20).unique("invoice_code_key"),
                field<&Invoice::customer_id>.refers_to<&Customer::id>("{tenant}.customer", "invoice_customer_fkey"),
                field<&Invoice::created_at>, field<&Invoice::updated_at>)
        .orderings("code", {by<&Invoice::code>()});
}

inline auto described_invoices(NestedWrites of_lines = {}) {
    return begin_invoices()
        .nested(nested<&Line::invoice_id>("lines", lines()).ordered(asc<&Line::place>()).most(5).writable(of_lines))
        .nested(nested<&Remark::invoice_id>("remarks", remarks()).on_demand().writable())
        .expand<&Invoice::customer_id>(customers());
}

inline void make_invoice_tables() {
    ::terrace::testing::TestDatabase::instance().run(R"sql(
        create table if not exists shared.city (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            name text collate "C" not null, created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(), primary key (tenant_id, id));
        create index if not exists city_name_idx on shared.city (tenant_id, name, id);
        create table if not exists shared.customer (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            name text collate "C" not null, phone text, city_id uuid, created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(), primary key (tenant_id, id),
            constraint customer_city_fkey foreign key (tenant_id, city_id) references shared.city (tenant_id, id));
        create index if not exists customer_name_idx on shared.customer (tenant_id, name, id);
        create table if not exists shared.invoice (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1,
            code text collate "C" not null, customer_id uuid, created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(), primary key (tenant_id, id),
            constraint invoice_code_key unique (tenant_id, code),
            constraint invoice_customer_fkey foreign key (tenant_id, customer_id)
                references shared.customer (tenant_id, id));
        create table if not exists shared.line (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1, invoice_id uuid not null,
            place bigint not null, text text not null, quantity bigint not null, cost bigint not null,
            serial text collate "C", created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(), primary key (tenant_id, id),
            constraint line_serial_key unique (tenant_id, serial),
            constraint line_invoice_fkey foreign key (tenant_id, invoice_id) references shared.invoice (tenant_id, id));
        create index if not exists line_invoice_idx on shared.line (tenant_id, invoice_id, place, id);
        create index if not exists line_place_idx on shared.line (tenant_id, place, id);
        create table if not exists shared.line_token (
            tenant_id uuid not null, token text collate "C" not null, object_id uuid not null,
            primary key (tenant_id, token, object_id));
        create table if not exists shared.remark (
            tenant_id uuid not null, id uuid not null, version bigint not null default 1, invoice_id uuid not null,
            text text not null, author_id uuid, created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(), archived_at timestamptz, primary key (tenant_id, id),
            constraint remark_invoice_fkey foreign key (tenant_id, invoice_id)
                references shared.invoice (tenant_id, id));
        create index if not exists remark_invoice_idx on shared.remark (tenant_id, invoice_id, id);
        do $$ begin
            if not exists (select from pg_policies where tablename = 'remark') then
                call catalog.protect_tenant_table('shared.city');
                call catalog.protect_tenant_table('shared.customer');
                call catalog.protect_tenant_table('shared.invoice');
                call catalog.protect_tenant_table('shared.line');
                call catalog.protect_tenant_table('shared.line_token');
                call catalog.protect_tenant_table('shared.remark');
            end if;
        end $$;
    )sql");
}

inline const std::vector<std::string> all_of_invoices{
    "invoices.read",  "invoices.create",  "invoices.update", "lines.read",       "lines.create",   "lines.update",
    "lines.archive",  "lines.see_cost",   "remarks.read",    "remarks.create",   "remarks.update", "remarks.archive",
    "customers.read", "customers.phones", "cities.read",     "customers.create", "cities.create"};

/// Invoices of a fresh tenant; `desk` may do all with them.
class InvoiceTest : public ::terrace::testing::DataLayerTest {
  public:
    ~InvoiceTest() override { settle(); }

  protected:
    static void SetUpTestSuite() { make_invoice_tables(); }
    explicit InvoiceTest(Resource described = described_invoices().build()) : resource(std::move(described)) {}

    Client stranger() { return Client(loop, all(), tests.tenant()).colleague(all_of_invoices); }
    Client person(std::vector<std::string> permissions) { return desk.colleague(std::move(permissions)); }
    /// With what invoices lead to.
    api::Api all() { return served(resource, parts, {&lines(), &customers(), &cities()}); }

    /// An invoice's path.
    std::string make(std::string_view code, std::string_view more = "") {
        const Answer answer =
            desk.post(list, fmt::format(R"({{"code":"{}"{}{}}})", code, more.empty() ? "" : ",", more));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.header("Location");
    }
    /// `member` of each object in a nested list, as JSON without quotes.
    static std::vector<std::string> within(const Answer& answer, std::string_view nested, std::string_view member) {
        return of(answer.json().root(), nested, member);
    }
    static std::vector<std::string> of(json::Value object, std::string_view nested, std::string_view member) {
        std::vector<std::string> found;
        const auto list = object.find(nested);
        if (!list) return {"absent"};
        list->each_element([&](json::Value element) {
            const auto value = element.find(member);
            if (!value)
                found.emplace_back("absent");
            else if (const auto text = value->as_string())
                found.emplace_back(*text);
            else
                found.push_back(std::to_string(value->as_integer().value_or(-1)));
        });
        return found;
    }
    std::vector<std::string> texts(const std::string& path) { return within(desk.get(path), "lines", "text"); }
    std::int64_t count(const std::string& sql) { return number(desk.tenant()->id, sql); }

    const std::string list = "/api/v1/invoices";
    const Resource resource;
    EngineParts parts{database, "a secret of at least thirty-two characters"};
    Client desk = Client(loop, all(), tests.tenant()).colleague(all_of_invoices);
};

}  // namespace terrace::resource::testing
