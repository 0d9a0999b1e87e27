#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/resource/engine/attachments.hpp"
#include "platform/resource/engine/download_places.hpp"
#include "platform/resource/engine/related.hpp"
#include "platform/resource/engine/under_way.hpp"
#include "platform/resource/engine/write_statements.hpp"
#include "platform/resource/input/bulk.hpp"
#include "platform/resource/query/cursor.hpp"
#include "platform/resource/query/list_statement.hpp"
#include "platform/resource/resource.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace terrace::resource {

struct EngineParts {
    db::Database& database;
    std::string_view root_secret;         ///< TERRACE_SECRET; the key of cursors is derived from it
    DownloadPlaces* downloads = nullptr;  ///< the process's; without it downloads are not counted
};

/// Who writes, in which tenant, by which request.
struct Caller {
    tenancy::TenantPtr tenant;
    db::TenantScope scope;
    Uuid user;     ///< nil: the system
    Uuid session;  ///< nil where there is none
    /// What the caller's role holds. No rule binds the system.
    std::shared_ptr<const access::PermissionSet> permissions;
    std::string client_address;
    std::string request_id;
};

Caller caller_of(const api::Context& context);

/// Answers the requests of one resource on one event loop. Resource and database outlive it. Ordinary code, compiled
/// once: what a resource is stands in its Resource.
class Engine {
  public:
    Engine(const Resource& resource, EngineParts parts);
    ~Engine();

    /// A page as JSON, or the whole list as CSV or NDJSON (export.hpp).
    boost::asio::awaitable<Result<http::Response>> list(api::Context& context);
    boost::asio::awaitable<Result<http::Response>> retrieve(api::Context& context);
    boost::asio::awaitable<Result<http::Response>> create(api::Context& context);
    /// PATCH: reads, merges, and stores if the version is still the one that was read. No lock is held meanwhile and
    /// nearly every PATCH is one point read and one write; when another writer was faster it starts again, unless the
    /// client's If-Match forbids.
    boost::asio::awaitable<Result<http::Response>> update(api::Context& context);
    /// PUT: as PATCH, with a body that is the whole object: a field that it leaves out gets its initial value.
    boost::asio::awaitable<Result<http::Response>> replace(api::Context& context);
    boost::asio::awaitable<Result<http::Response>> archive(api::Context& context);
    boost::asio::awaitable<Result<http::Response>> restore(api::Context& context);

    /// PATCH and DELETE of the list: as `update` and `archive`, of many objects in one unit. (`create` takes a list
    /// too.)
    boost::asio::awaitable<Result<http::Response>> update_many(api::Context& context);
    boost::asio::awaitable<Result<http::Response>> archive_many(api::Context& context);

    /// An action of the resource's own on one object: as PATCH, with the action in the place of the body's fields.
    boost::asio::awaitable<Result<http::Response>> act(api::Context& context, const Action& action);
    boost::asio::awaitable<Result<http::Response>> act_on_list(api::Context& context, const Action& action);

    /// The stored object that the path names, of the resource's struct; 404 where it is out of the caller's sight.
    boost::asio::awaitable<Result<std::shared_ptr<const void>>> find(api::Context& context);

    /// Creates objects from JSON documents in one unit: all or none, by the same rules as `create` and with the same
    /// hooks. Answers their ids in order. An error of one document names it in the detail. Throws std::logic_error
    /// where the resource has a file: who uploads it takes it up by `create`.
    boost::asio::awaitable<Result<std::vector<Uuid>>> create_all(Caller caller, std::vector<std::string> documents);

  private:
    struct Draft;
    struct Stored;
    struct StoredRow;
    struct Many;
    struct ManyUnit;
    struct ManyItem;
    struct ChangeRequest;
    struct Pending;
    struct Child;
    struct ChildWrite;
    class ListChange;
    struct Writing;
    struct Written;
    struct WriteFault;
    enum class Change { update, replace, archive, restore, act };

    boost::asio::awaitable<Result<http::Response>> download(api::Context& context, ListQuery query);
    /// Takes numbers in a unit of its own, which holds the counter's row for no longer than it must.
    boost::asio::awaitable<Result<void>> number(const Caller& caller, std::vector<Draft>& drafts);
    /// The answer of the request that has used `key`, which a violated constraint makes likely: the key's own, or one
    /// where what the first request wrote stands in the way of the second. `otherwise` when the key is unused.
    boost::asio::awaitable<Result<http::Response>> replay(const Caller& caller, const IdempotencyKey& key,
                                                          Error otherwise);
    boost::asio::awaitable<Result<Stored>> load(const Caller& caller, const Uuid& id,
                                                const std::optional<IdempotencyKey>& key);
    boost::asio::awaitable<Result<http::Response>> change(api::Context& context, Change change,
                                                          const Action* action = nullptr);
    boost::asio::awaitable<Result<std::optional<http::Response>>> attempt(const ChangeRequest& request,
                                                                          const Stored& stored);
    boost::asio::awaitable<std::expected<Written, WriteFault>> write(const Caller& caller, Writing writing);

    /// What the caller may do this to, by the resource's rule. A caller without permissions is refused by the pipeline.
    Sight sight(const Caller& caller, Act act) const;
    Sight sight(const api::Context& context, Act act) const;
    /// 403 where the rule of `act` does not admit the object.
    Result<void> permit(const Caller& caller, Act act, const void* object) const;
    Result<void> permit(const ChangeRequest& request, const StoredRow& stored) const;
    Result<void> permit_unless_done(const ChangeRequest& request, const Stored& stored) const;
    Result<void> permit_new(const Caller& caller, const void* object) const;
    Result<void> perform(const ChangeRequest& request, WriteState& state) const;
    boost::asio::awaitable<Result<std::optional<KeptKey>>> find_kept(const Caller& caller, const IdempotencyKey& key);
    boost::asio::awaitable<db::DbResult<Result<std::string>>> transact(const Caller& caller, const Action& action,
                                                                       const void* input,
                                                                       std::optional<IdempotencyKey> key);
    Result<Draft> draft(const Caller& caller, std::string_view document) const;
    Result<Draft> draft(const Caller& caller, json::Value root) const;
    Result<Draft> draft(const Caller& caller, Body body) const;
    /// Checks a draft; what goes before its insert.
    Result<std::vector<Step>> prepare(const Caller& caller, const Draft& draft) const;
    Result<std::vector<Step>> complete(WriteState& state) const;
    audit::Entry entry(const Caller& caller, std::string_view action, const Uuid& object,
                       std::string_view changes) const;
    http::Response answer(const db::Rows& rows, const tenancy::Tenant& tenant, FieldSet fields,
                          const std::vector<RelatedObjects>& related, int status) const;
    /// The whole that the caller may see; `lists` are those of RelatedReader::children_of, where they are read already.
    boost::asio::awaitable<Result<http::Response>> answer(const db::Rows& rows, const Caller& caller, int status,
                                                          std::vector<db::Rows> lists = {}) const;
    boost::asio::awaitable<Result<http::Response>> answer_again(const Stored& stored, const KeptKey& kept,
                                                                const Caller& caller) const;
    RelatedReader reader(const Caller& caller) const;
    /// A write of the first of `rows`, for the hooks after the commit.
    CommittedState committed(const Caller& caller, std::string act, const db::Rows& rows,
                             std::shared_ptr<const void> previous) const;
    boost::asio::awaitable<void> announce(const Caller& caller, std::string act, const db::Rows& written,
                                          std::shared_ptr<const void> previous);
    boost::asio::awaitable<void> announce(std::vector<CommittedState> writes);
    Result<Pending> pending(const ChangeRequest& request, const StoredRow& stored,
                            const std::vector<ChildWrite>& children) const;

    /// What is to be written of the children of an object that is about to be created, or changed. Errors are told by
    /// their paths: `lines.0.text`.
    Result<std::vector<ChildWrite>> new_children(const Caller& caller, const Draft& parent) const;
    boost::asio::awaitable<Result<std::vector<ChildWrite>>> changed_children(const ChangeRequest& request,
                                                                             const Uuid& parent) const;
    const Child& child(const Relation& relation) const;
    /// The same of one of them, by the engine of its own resource.
    Result<ChildWrite> create_child(const Caller& caller, const Relation& relation, const Uuid& parent,
                                    const Body& body) const;
    Result<std::optional<ChildWrite>> change_child(const ChangeRequest& request, const StoredRow& stored) const;
    Result<ChildWrite> remove_child(const Caller& caller, const StoredRow& stored) const;

    Result<Many> begin_many(const api::Context& context, int status) const;
    boost::asio::awaitable<Result<http::Response>> create_many(api::Context& context, json::Value root);
    boost::asio::awaitable<Result<http::Response>> change_many(api::Context& context, Change change,
                                                               const BulkTargets& targets);
    boost::asio::awaitable<Result<std::optional<http::Response>>> write_many(Many& many);
    boost::asio::awaitable<void> take_over(Many& many, const ManyUnit& written, const std::vector<db::Rows>& rows);
    boost::asio::awaitable<Result<http::Response>> answer_again(const Many& many, const KeptKey& kept);
    ManyUnit unit_of(const Many& many) const;
    void look_at(Many& many, Change change, const BulkTargets& targets, const db::Rows& rows) const;
    Result<ManyItem> look_at(const ChangeRequest& request, const BulkTarget& target, const StoredRow& stored) const;
    std::unordered_map<Uuid, std::size_t> places_of(const db::Rows& rows) const;
    std::string object_text(const db::Rows& rows, std::size_t row, const Many& many) const;

    Error error_of(const db::DbError& error) const;
    static Error error_of(const ChildWrite& write, const db::DbError& error);
    /// The same of a write that takes up files; where one of them is at fault, it says why.
    boost::asio::awaitable<Error> error_of(const Caller& caller, const Attachments& files, const WriteFault& fault);
    Attachments attachments(const Caller& caller, const Uuid& id, const void* object, const void* previous) const;

    const Resource& resource_;
    db::Database& database_;
    DownloadPlaces* downloads_;
    CursorSeal seal_;
    ListStatements lists_;
    WriteStatements writes_;
    RelatedStatements related_;
    std::vector<Child> children_;  ///< the nested lists that are written with the object
    UnderWay creates_;             ///< of numbered resources
    std::shared_ptr<std::size_t> announcing_ = std::make_shared<std::size_t>(0);  ///< hooks that run
};

/// Everything that a resource adds to the API: its endpoints, schemas, problems and tag. Throws std::logic_error where
/// another resource describes one of its types otherwise, and where it asks for a permission that the catalogue does
/// not know.
void add(const Resource& resource, EngineParts parts, api::Api& api);

/// The endpoints of a resource, with their documentation: list, create, retrieve, update, replace, and, where it is
/// archivable, archive and restore.
std::vector<api::Endpoint> endpoints(const Resource& resource, EngineParts parts);

/// The kinds of problems that its endpoints answer beside the platform's.
std::vector<api::Problem> problems(const Resource& resource);

/// The schemas of its bodies for the API's documentation: Patient, PatientCreate, PatientUpdate, PatientReplace and
/// PatientPage; then the types that list choices: PatientOrdering, PatientField, PatientSex.
api::Schemas schemas(const Resource& resource);
/// The same as far as the viewer sees; a member of a body that the viewer may not write is `readOnly`.
api::Schemas schemas(const Resource& resource, const Viewer& viewer);

}  // namespace terrace::resource
