#pragma once

#include "platform/base/error.hpp"
#include "platform/base/uuid.hpp"
#include "platform/db/database.hpp"
#include "platform/dns/resolver.hpp"
#include "platform/tenancy/directory.hpp"

#include <boost/asio/awaitable.hpp>

#include <optional>
#include <string>
#include <vector>

namespace terrace::organization {

/// A domain that an organisation claims, or has proved to be its own. Times are RFC 3339, UTC; empty: never.
struct Domain {
    Uuid id;
    std::string name;
    std::string token;
    bool verified = false;
    std::string created_at;
    std::string verified_at;
    std::string checked_at;

    /// Where the proof is looked for, and what it says.
    std::string record_name() const { return "_terrace." + name; }
    std::string record_value() const { return "terrace-verification=" + token; }
};

/// What a look at DNS led to.
struct Check {
    enum class Kind {
        verified,
        no_record,    ///< there is no such record, or others only: `found`
        unreachable,  ///< DNS did not answer in time
        of_another,   ///< proved, but another organisation has it, whose record stands there as well
    };
    Kind kind = Kind::unreachable;
    Domain domain;
    std::vector<std::string> found;  ///< a few of the texts that stand there, cut
    std::vector<Uuid> losers;        ///< organisations that had it until now
};

/// The domains of organisations in the catalog, for one event loop. The referenced parts must outlive it.
class Domains {
  public:
    Domains(db::Database& database, tenancy::Directory& directory, dns::Resolver& resolver)
        : database_(database), directory_(directory), resolver_(resolver) {}

    static constexpr int most = 5;  ///< of an organisation; a constraint of the table says the same

    /// The oldest first.
    boost::asio::awaitable<Result<std::vector<Domain>>> list(Uuid tenant);
    /// Claims a name (domain_name.hpp), which others may claim as well: it counts for nobody until it is proved. 409
    /// `domain_exists` where the organisation claims it already, 409 `domain_limit`.
    boost::asio::awaitable<Result<Domain>> add(Uuid tenant, std::string name);
    /// Nothing when the organisation has no such domain.
    boost::asio::awaitable<Result<std::optional<Domain>>> find(Uuid tenant, Uuid id);
    /// Asks DNS, 3 s at most, holding nothing meanwhile; 404 when it is removed meanwhile.
    ///
    /// One that is proved keeps counting until it is removed, whatever becomes of its record, but for one case: another
    /// organisation proves it while our record is gone. Then it changes hands, in one transaction. Of two who prove one
    /// name at once exactly one has it (unique index); the other is told that it is `of_another`.
    boost::asio::awaitable<Result<Check>> check(Uuid tenant, Domain domain);
    /// The domain that was removed; nothing when there is none.
    boost::asio::awaitable<Result<std::optional<Domain>>> remove(Uuid tenant, Uuid id);

  private:
    boost::asio::awaitable<Result<Check>> take(Uuid tenant, Check check, std::vector<std::string> found);
    boost::asio::awaitable<Result<void>> note_check(Uuid tenant, Uuid id);

    db::Database& database_;
    tenancy::Directory& directory_;
    dns::Resolver& resolver_;
};

}  // namespace terrace::organization
