#pragma once

#include "platform/db/database.hpp"
#include "platform/resource/input/viewer.hpp"
#include "platform/resource/query/expansion.hpp"
#include "platform/resource/query/related_statement.hpp"
#include "platform/tenancy/tenant.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace terrace::resource {

/// The related objects of some objects, by one relation, as the database answered them.
struct RelatedObjects {
    struct Span {
        std::size_t first = 0, count = 0;
    };
    const Relation* relation = nullptr;
    FieldSet fields = 0;
    db::Rows rows;
    std::unordered_map<std::string_view, Span> places;  ///< of the rows, by the value that they share with their object
    std::vector<RelatedObjects> related;                ///< those of these rows in turn

    /// Whose they are: by the row of the object.
    Span of(const db::Rows& rows, std::size_t row) const;
    /// Whether the object has more children than are answered.
    bool is_cut(const Row& object) const;
};

/// Reads what a projection has of related objects: one statement for each relation, whatever the number of objects, all
/// of one level in one unit. What the caller may not see is not read. Everything that it is made of outlives it.
class RelatedReader {
  public:
    RelatedReader(db::Database& database, const RelatedStatements& statements, db::TenantScope scope, Viewer viewer)
        : database_(database), statements_(statements), scope_(scope), viewer_(viewer) {}

    /// Those of an object whose id is known before its row: the statements of its nested lists, to be sent in the same
    /// unit; their rows are `given` below.
    std::vector<db::Statement> children_of(const Uuid& id, const Projection& projection) const;
    db::Statement children_of(const Uuid& id, const Relation& relation) const;

    /// Those of all `rows`, which outlive the call.
    boost::asio::awaitable<db::DbResult<std::vector<RelatedObjects>>> read(const db::Rows& rows,
                                                                           const Projection& projection,
                                                                           std::vector<db::Rows> given = {}) const;

  private:
    struct Layer;
    db::Statement statement(const Relation& relation, std::string_view keys) const;

    db::Database& database_;
    const RelatedStatements& statements_;
    db::TenantScope scope_;
    Viewer viewer_;
};

/// Appends an object with what is related to it, as write_object does without.
void write_object(const Row& row, FieldSet fields, const std::vector<RelatedObjects>& related, std::string& out);
/// Appends the value of one relation of an object: a list, an object or null.
void write_related(const RelatedObjects& related, const Row& object, std::string& out);

}  // namespace terrace::resource
