#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace {

/// What is wrong with one field of the input. `code` is stable and follows Django REST Framework's names
/// (`required`, `null`, `blank`, `invalid`, `max_length`, …); `message` is for a person.
struct FieldError {
    std::string code;
    std::string message;

    bool operator==(const FieldError&) const = default;
};

/// The errors of an input, in the order in which the fields were declared. A field may have several. Those beyond
/// `most` are dropped: a client can make one of every few bytes that it sends, and nobody reads so many.
class FieldErrors {
  public:
    using value_type = std::pair<std::string, FieldError>;
    static constexpr std::size_t most = 100;

    FieldErrors() = default;
    FieldErrors(std::initializer_list<value_type> errors) {
        for (const value_type& error : errors) push_back(error);
    }

    void push_back(value_type error) {
        if (!full()) errors_.push_back(std::move(error));
    }
    void emplace_back(std::string_view field, FieldError error) { push_back({std::string(field), std::move(error)}); }

    bool empty() const { return errors_.empty(); }
    bool full() const { return errors_.size() == most; }
    std::size_t size() const { return errors_.size(); }
    auto begin() { return errors_.begin(); }
    auto begin() const { return errors_.begin(); }
    auto end() { return errors_.end(); }
    auto end() const { return errors_.end(); }
    value_type& front() { return errors_.front(); }
    const value_type& front() const { return errors_.front(); }

    bool operator==(const FieldErrors&) const = default;

  private:
    std::vector<value_type> errors_;
};

/// An outcome that a client can cause and that the API answers as RFC 9457 problem details. Bugs and lost
/// infrastructure are exceptions, never an Error with details of the inside.
struct Error {
    int status = 500;
    std::string code = "internal";
    std::string detail;
    FieldErrors fields;
    /// Seconds for `Retry-After`; 0 sends no header.
    std::chrono::seconds retry_after{0};
    /// Further members of the problem object as raw JSON without braces, such as `"tenants":[…]`; often empty.
    std::string extension;
};

template <class T>
using Result = std::expected<T, Error>;

namespace errors {

Error validation_failed(FieldErrors fields);
/// Malformed body, query or cursor: 400 `parse_error`.
Error parse_error(std::string detail);
Error not_authenticated(std::string detail = "Sign in to continue.");
Error permission_denied(std::string detail = "Your role does not allow this.");
/// The same bytes for what is out of sight and for what never was.
Error not_found();
Error conflict(std::string code, std::string detail);
/// 412 `version_conflict`.
Error version_conflict();
/// 503 `unavailable` with Retry-After.
Error unavailable(std::chrono::seconds retry_after = std::chrono::seconds{1});
Error internal();

}  // namespace errors
}  // namespace terrace

// NOLINTBEGIN(bugprone-macro-parentheses): `name` is declared here and cannot stand in parentheses.

/// Awaits or evaluates `expression` (a Result), leaves the coroutine with its error, else binds its value to `name`.
#define TERRACE_CO_TRY(name, expression)                                             \
    auto name##_result = (expression);                                               \
    if (!name##_result) co_return std::unexpected(std::move(name##_result).error()); \
    auto& name = *name##_result

/// As TERRACE_CO_TRY in a function that is no coroutine.
#define TERRACE_TRY(name, expression)                                             \
    auto name##_result = (expression);                                            \
    if (!name##_result) return std::unexpected(std::move(name##_result).error()); \
    auto& name = *name##_result

// NOLINTEND(bugprone-macro-parentheses)
