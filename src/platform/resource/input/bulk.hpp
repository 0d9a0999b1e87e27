#pragma once

#include "platform/base/error.hpp"
#include "platform/base/json.hpp"
#include "platform/base/uuid.hpp"
#include "platform/resource/input/body.hpp"
#include "platform/resource/input/viewer.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Requests over many objects: what they name, and what is wrong with them by index (as Django REST Framework answers
/// from 3.18 on).
namespace terrace::resource {

/// What is wrong with the objects of a request, by their index.
class BulkErrors {
  public:
    /// An error without fields stands under `non_field_errors`; an object out of sight under `id`. Where there are
    /// `most_fields` already, the first error of an object is kept.
    void add(std::size_t index, Error error);
    bool has(std::size_t index) const { return by_index_.contains(index); }
    std::size_t size() const { return by_index_.size(); }
    bool empty() const { return by_index_.empty(); }
    /// `{"0":{"code":[{"code":"required",…}]},"2":…}`
    std::string json() const;
    /// 400 `bulk_failed` with `errors` of that form.
    Error error() const;

  private:
    static constexpr std::size_t most_fields = 1'000;

    std::map<std::size_t, FieldErrors> by_index_;
    std::size_t count_ = 0;
};

/// One of the objects that a request changes.
struct BulkTarget {
    Uuid id;
    std::optional<std::int64_t> version;  ///< that the change is based on
    Body body;
};

/// The targets of a request by index; empty where `errors` has the index.
struct BulkTargets {
    std::vector<std::optional<BulkTarget>> all;
    BulkErrors errors;
};

/// The elements of a list that holds 1 to `most`; else 400 with `non_field_errors`.
Result<std::vector<json::Value>> read_list(json::Value root, std::size_t most);
/// `[{"id":"…","version":3,"name":"…"}]`: each element's fields as in a PATCH of that object by the viewer.
Result<BulkTargets> read_changes(const Resource& resource, json::Value root, std::size_t most, const Viewer& viewer);
/// `{"ids":["…"]}`
Result<BulkTargets> read_ids(json::Value root, std::size_t most);
/// The query parameter `partial`: `true` or `false`.
Result<bool> read_partial(std::optional<std::string_view> text);

/// What is kept under the key of a request over many objects: the ids of those that it wrote, and the errors of the
/// others.
struct BulkOutcome {
    std::vector<std::optional<Uuid>> ids;
    std::string errors;

    std::string json() const;
    /// Throws std::logic_error on what `json` has not made.
    static BulkOutcome parse(std::string_view json);
};

/// `{"results":[…],"errors":{…}}`; an object that was not written is null among the results.
std::string bulk_body(const std::vector<std::string>& results, std::string_view errors);

}  // namespace terrace::resource
