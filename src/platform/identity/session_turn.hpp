#pragma once

#include "platform/base/crypto.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/statement.hpp"

namespace terrace::identity {

/// Whatever opens or ends sessions of a person takes a turn at that person's row first. The unit's next statements then
/// see all that was opened and ended before, and nobody opens or ends anything beside them until the unit is over: no
/// session slips past a sign-out, and the bound on a person's sessions (`Sessions::most_live`) is exact.
db::Statement turn_of_person(const Uuid& user);
/// Of the person whose session it is.
db::Statement turn_of_session(const Uuid& session);
/// Of the person for whom a hand-off code was made; by the code's hash.
db::Statement turn_of_code(const crypto::Digest& code);

}  // namespace terrace::identity
