#pragma once

#include "platform/base/uuid.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::db {

/// A piece of SQL that was fixed when the program was compiled: there is no way from a run-time string to a Fragment,
/// so no input can become SQL. `{tenant}` stands for the schema of the tenant's place.
class Fragment {
  public:
    template <std::size_t N>
    consteval Fragment(const char (&text)[N]) : text_(text, N - 1) {}  // NOLINT(google-explicit-constructor)
    /// For names that templates take from declarations: the view must be of static storage, which consteval ensures.
    consteval explicit Fragment(std::string_view text) : text_(text) {}

    constexpr std::string_view text() const { return text_; }

  private:
    std::string_view text_;
};

/// `$1` … `$99`. Throws std::out_of_range beyond.
Fragment placeholder(std::size_t number);

/// A statement's text, interned: equal texts are one Shape, which lives as long as the process and whose address is
/// its identity (the key of every connection's cache of prepared statements).
class Shape {
  public:
    std::string_view text() const { return text_; }
    /// Process-wide number, from 0, for names of prepared statements.
    std::uint32_t id() const { return id_; }
    /// Whether the text names `{tenant}`, and so differs between places.
    bool of_tenant() const { return of_tenant_; }
    /// The text with `schema` for `{tenant}`. Schemas come from the catalog and need no quotes.
    std::string render(std::string_view schema) const;

    Shape(const Shape&) = delete;
    Shape& operator=(const Shape&) = delete;

  private:
    friend class ShapeRegistry;
    Shape(std::string text, std::uint32_t id);
    std::string text_;
    std::uint32_t id_;
    bool of_tenant_;
};

/// Interns the concatenation. Any thread; takes a lock, so keep the result (a function-local static or a member made
/// at start). Throws std::logic_error on text that could change the state of a shared connection: anything but one
/// SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES or WITH statement (so no BEGIN, SET, COPY, LISTEN, PREPARE, …),
/// set_config, locks of the session, temporary tables.
const Shape& shape(std::span<const Fragment> fragments);
const Shape& shape(std::initializer_list<Fragment> fragments);
const Shape& shape(Fragment text);

/// Parameters of one statement in PostgreSQL's text format, in one buffer. Text must hold no NUL (the JSON reader and
/// the query parser see to it); add throws std::invalid_argument otherwise.
class Params {
  public:
    Params() = default;

    Params& add(std::string_view text);
    Params& add(const char* text) { return add(std::string_view(text)); }
    Params& add(const std::string& text) { return add(std::string_view(text)); }
    Params& add(const Uuid& id);
    Params& add(std::int64_t number);
    Params& add(int number) { return add(std::int64_t{number}); }
    Params& add(bool value);
    /// As bytea (hex form).
    Params& add_bytes(std::string_view bytes);
    Params& add_null();
    template <class T>
    Params& add(const std::optional<T>& value) {
        return value ? add(*value) : add_null();
    }

    std::size_t size() const { return offsets_.size(); }
    /// The NUL-terminated text of parameter `index` (from 0), or nullptr for NULL. Good until the next add.
    const char* text(std::size_t index) const;

  private:
    static constexpr std::uint32_t null_offset = UINT32_MAX;
    std::string buffer_;
    std::vector<std::uint32_t> offsets_;
};

struct Statement {
    const Shape* shape = nullptr;
    Params params;
};

}  // namespace terrace::db
