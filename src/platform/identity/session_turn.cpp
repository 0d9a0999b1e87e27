#include "platform/identity/session_turn.hpp"

namespace terrace::identity {

namespace {

const db::Shape& turn_of_person_shape() {
    static const db::Shape& shape = db::shape("select 1 from catalog.user_account where id = $1 for no key update");
    return shape;
}

const db::Shape& turn_of_session_shape() {
    static const db::Shape& shape = db::shape(
        "select 1 from catalog.user_account where id = (select user_id from catalog.session where id = $1) "
        "for no key update");
    return shape;
}

const db::Shape& turn_of_code_shape() {
    static const db::Shape& shape = db::shape(
        "select 1 from catalog.user_account where id = (select user_id from catalog.handoff_code where code_hash = $1) "
        "for no key update");
    return shape;
}

}  // namespace

db::Statement turn_of_person(const Uuid& user) {
    db::Statement statement{&turn_of_person_shape(), {}};
    statement.params.add(user);
    return statement;
}

db::Statement turn_of_session(const Uuid& session) {
    db::Statement statement{&turn_of_session_shape(), {}};
    statement.params.add(session);
    return statement;
}

db::Statement turn_of_code(const crypto::Digest& code) {
    db::Statement statement{&turn_of_code_shape(), {}};
    statement.params.add_bytes(crypto::as_view(code));
    return statement;
}

}  // namespace terrace::identity
