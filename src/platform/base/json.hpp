#pragma once

#include "platform/base/error.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace terrace::json {

enum class Kind { null, boolean, integer, number, string, array, object };

/// A value of a parsed document: a cheap view, good as long as its Document. Numbers are `integer` when they fit an
/// int64, else `number`.
class Value {
  public:
    Kind kind() const;
    bool is_null() const { return kind() == Kind::null; }

    /// Each is empty when the value is of another kind; `as_number` also reads an integer.
    std::optional<bool> as_bool() const;
    std::optional<std::int64_t> as_integer() const;
    std::optional<double> as_number() const;
    std::optional<std::string_view> as_string() const;

    /// The member of an object, or nothing.
    std::optional<Value> find(std::string_view key) const;
    std::size_t size() const;

    /// Calls `visit(std::string_view key, Value value)` for each member of an object, in order.
    template <class Visit>
    void each_member(Visit&& visit) const {
        visit_members(
            [](void* context, std::string_view key, Value value) { (*static_cast<Visit*>(context))(key, value); },
            &visit);
    }
    /// Calls `visit(Value value)` for each element of an array, in order.
    template <class Visit>
    void each_element(Visit&& visit) const {
        visit_elements([](void* context, Value value) { (*static_cast<Visit*>(context))(value); }, &visit);
    }

  private:
    friend class Document;
    friend struct Access;
    void visit_members(void (*visit)(void*, std::string_view, Value), void* context) const;
    void visit_elements(void (*visit)(void*, Value), void* context) const;

    /// The two words of a simdjson element, kept here so that no header needs simdjson.
    struct alignas(8) Words {
        unsigned char bytes[16];
    } words_{};
};

/// A parsed JSON text (RFC 8259). Strict: UTF-8, no duplicate member names in any object (one text, one meaning for
/// every reader), at most 64 levels deep, no NUL in a string (PostgreSQL's text has none).
class Document {
  public:
    /// 400 `parse_error` that says what is wrong with the text. Numbers beyond 64 bits and lone surrogates are refused.
    static Result<Document> parse(std::string_view text);

    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;
    ~Document();

    Value root() const;

  private:
    Document();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Appends JSON to a string: commas are its business, nesting and order are the caller's.
class Writer {
  public:
    explicit Writer(std::string& out) : out_(out) {}

    Writer& begin_object();
    Writer& end_object();
    Writer& begin_array();
    Writer& end_array();
    /// `name` is written as it is: names come from our own code and need no escape.
    Writer& key(std::string_view name);
    Writer& string(std::string_view value);
    Writer& integer(std::int64_t value);
    Writer& boolean(bool value);
    Writer& null();
    /// Appends `text` as one value, unchecked.
    Writer& raw(std::string_view text);

    /// key + string and so on, for the many short objects.
    Writer& member(std::string_view name, std::string_view value) { return key(name).string(value); }
    Writer& member(std::string_view name, const char* value) { return key(name).string(value); }
    Writer& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }
    Writer& member(std::string_view name, int value) { return key(name).integer(value); }
    Writer& member(std::string_view name, bool value) { return key(name).boolean(value); }

  private:
    void separate();

    std::string& out_;
    bool need_comma_ = false;
};

/// Appends `value` as a JSON string, with quotes and escapes.
void append_string(std::string& out, std::string_view value);

}  // namespace terrace::json
