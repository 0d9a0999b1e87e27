#pragma once

#include "platform/base/error.hpp"
#include "platform/base/json.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::resource {

/// What values of a JSON field look like: a small part of JSON Schema, so that the schema that is declared, enforced
/// and documented is one text. Keywords: type (one or a list), properties, required, additionalProperties (true or
/// false), items, enum (of texts), minimum, maximum, minLength, maxLength, minItems, maxItems; and, for readers, title,
/// description, examples, default. Immutable, for all threads.
class JsonSchema {
  public:
    /// Throws std::logic_error on what is no such schema, with a sentence that says what to write.
    explicit JsonSchema(std::string_view text);

    /// Appends what is wrong with `value` and with each value within it, named by its path from `name`: `size.0.unit`.
    /// At most `most_errors` of them.
    void check(json::Value value, std::string name, FieldErrors& errors) const;

    static constexpr std::size_t most_errors = 20;
    static constexpr std::size_t most_levels = 8;

  private:
    struct Node {
        unsigned kinds = 0;  ///< a bit each; 0: any
        std::vector<std::pair<std::string, std::size_t>> properties;
        std::vector<std::string> required;
        bool closed = false;  ///< no other properties
        std::optional<std::size_t> items;
        std::vector<std::string> choices;
        std::optional<double> minimum, maximum;
        std::optional<std::int64_t> min_length, max_length, min_items, max_items;
    };
    struct Checker;

    std::size_t read(json::Value schema, std::size_t level);
    void read_keyword(Node& node, std::string_view keyword, json::Value value, std::size_t level);

    std::vector<Node> nodes_;  ///< the root is the last: children are read before it
};

}  // namespace terrace::resource
