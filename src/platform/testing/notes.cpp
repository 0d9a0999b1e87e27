#include "platform/testing/notes.hpp"

#include "platform/testing/database.hpp"

namespace terrace::testing::notes {

void make_table() {
    static const bool made = [] {
        db::AdminConnection admin = TestDatabase::instance().admin();
        make_table_in(admin);
        return true;
    }();
    static_cast<void>(made);
}

void make_table_in(db::AdminConnection& database) {
    database.run(
        "set role terrace_owner;"
        "create table shared.note (tenant_id uuid not null, id bigint not null, body text not null,"
        "  primary key (tenant_id, id),"
        "  constraint note_body_key unique (tenant_id, body) deferrable initially deferred,"
        "  constraint note_body_check check (body <> 'forbidden'));"
        "call catalog.protect_tenant_table('shared.note');"
        "reset role");
}

const db::Shape& insert() {
    static const db::Shape& shape = db::shape(
        "insert into {tenant}.note (tenant_id, id, body)"
        " values (nullif(current_setting('app.tenant_id', true), '')::uuid, $1, $2) returning id");
    return shape;
}

const db::Shape& select() {
    static const db::Shape& shape = db::shape("select id, body from {tenant}.note order by id");
    return shape;
}

const db::Shape& find() {
    static const db::Shape& shape = db::shape("select body from {tenant}.note where id = $1");
    return shape;
}

const db::Shape& rename() {
    static const db::Shape& shape = db::shape("update {tenant}.note set body = $2 where id = $1");
    return shape;
}

const db::Shape& current_tenant() {
    static const db::Shape& shape = db::shape("select current_setting('app.tenant_id', true)");
    return shape;
}

const db::Shape& divide() {
    static const db::Shape& shape = db::shape("select 1 / $1::int");
    return shape;
}

const db::Shape& sleep() {
    static const db::Shape& shape = db::shape("select pg_sleep($1::float8)");
    return shape;
}

const db::Shape& backend() {
    static const db::Shape& shape = db::shape("select pg_backend_pid()");
    return shape;
}

}  // namespace terrace::testing::notes
