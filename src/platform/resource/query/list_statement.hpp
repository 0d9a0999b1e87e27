#pragma once

#include "platform/resource/query/cursor.hpp"
#include "platform/resource/query/list_query.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace terrace::resource {

/// What the text of a list's statement depends on. A text lives as long as the process, so the declaration bounds how
/// many a client can provoke: at most `most_indexed` conditions of a request are in the text, and any others are in
/// one tail that names all filters and checks those that are given. With n filters that is (1 + n + n²/2) × 2 texts
/// for each ordering, direction, sight, number of words, and whether there is a cursor and archived objects are asked
/// for.
struct ListPlan {
    static constexpr std::size_t most_indexed = 2;
    static constexpr std::uint8_t none = 0xff;

    std::uint8_t order = 0;
    bool descending = false;  ///< scanned against the ordering's own directions
    bool cursor = false;
    bool archived = false;
    bool tail = false;
    bool counts = false;   ///< how many there are, in place of the rows
    bool numbers = false;  ///< a word may be an object's number
    std::uint8_t words = 0;
    std::uint8_t sight = 0;                                      ///< Sight::index
    std::array<std::uint8_t, most_indexed> indexed{none, none};  ///< filters, in the order of declaration
    std::array<bool, most_indexed> is_null{};                    ///< of an `isnull`: its value

    std::uint64_t key() const;
};

ListPlan plan_of(const Resource& resource, const Sight& sight, const ListQuery& query,
                 const std::optional<Cursor>& cursor);

/// A count looks no further: a number that takes a second to find and has changed when it is read is of no use.
inline constexpr std::int64_t most_counted = 10'000;

/// The statement's text. Its rows are the resource's columns, and of a search one more: whether it was cut short; then
/// there is always a row, with nulls where nothing was found.
const db::Shape& compose_list(const Resource& resource, const Reach& reach, const ListPlan& plan);

/// Makes the statement of a list, and keeps the shapes it has made. One event loop.
class ListStatements {
  public:
    explicit ListStatements(const Resource& resource) : resource_(resource) {}

    /// Fetches one row more than the limit, so that the answer knows whether there are more. A backward cursor fetches
    /// in the opposite order. `$1` is the tenant: the statement names it beside the policy.
    /// What lies out of the caller's sight is not read.
    db::Statement make(const Uuid& tenant, const Sight& sight, const ListQuery& query,
                       const std::optional<Cursor>& cursor);

    /// One row with one number: how many the list has in all, at most most_counted + 1.
    db::Statement count(const Uuid& tenant, const Sight& sight, const ListQuery& query);

  private:
    db::Statement make(const ListPlan& plan, const Uuid& tenant, const Sight& sight, const ListQuery& query,
                       const std::optional<Cursor>& cursor, std::int64_t limit);

    const Resource& resource_;
    std::unordered_map<std::uint64_t, const db::Shape*> shapes_;
};

}  // namespace terrace::resource
