#pragma once

#include "platform/db/database.hpp"

/// A table of tenants' rows for tests, `shared.note (tenant_id, id, body)`, and what they do with it.
namespace terrace::testing::notes {

/// Makes the table in the test database, once. A body is unique per tenant, which is checked at the end of the
/// transaction; the body 'forbidden' is refused at once.
void make_table();
/// The same in a database of its own.
void make_table_in(db::AdminConnection& database);

const db::Shape& insert();  ///< $1 id, $2 body; returns the id
const db::Shape& select();  ///< id, body of all, by id
const db::Shape& find();    ///< $1 id; returns the body
const db::Shape& rename();  ///< $1 id, $2 body

const db::Shape& current_tenant();  ///< the setting app.tenant_id as it is
const db::Shape& divide();          ///< 1 / $1
const db::Shape& sleep();           ///< $1 seconds
const db::Shape& backend();         ///< the process id of the connection

}  // namespace terrace::testing::notes
