#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/base/error.hpp"
#include "platform/base/json.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::identity {

struct TextRule {
    std::size_t most_characters = 200;
    bool trim = true;  ///< off for passwords and tokens
};

/// The members of a request's JSON object, read one by one; every fault is gathered, so that one answer names them all
/// (codes and messages follow Django REST Framework's serializers).
class Input {
  public:
    /// 400 `parse_error` for what is no JSON, `invalid` under `non_field_errors` for what is no object.
    static Result<Input> read(const api::Context& context);

    /// The text of a member that must stand there; empty when it is at fault.
    std::string required(std::string_view name, TextRule rule = {});
    /// Nothing when the member is absent or at fault.
    std::optional<std::string> optional(std::string_view name, TextRule rule = {});
    /// Nothing when the member is absent or at fault; an empty value when it is null.
    std::optional<std::optional<std::string>> nullable(std::string_view name, TextRule rule = {});
    /// An e-mail address in lower case.
    std::string required_email(std::string_view name);

    void fail(std::string_view name, FieldError error);
    bool failed(std::string_view name) const;

    /// 400 `validation_failed` with everything that was found, members that nobody read among it.
    Result<void> finish();

  private:
    explicit Input(json::Document document) : document_(std::move(document)) {}
    std::optional<std::string> text(std::string_view name, json::Value value, TextRule rule);

    json::Document document_;
    std::vector<std::string> read_;
    FieldErrors errors_;
};

/// For an action without arguments: its body is an empty object all the same.
Result<void> read_empty_object(const api::Context& context);

/// The folded form under which an e-mail address is stored and looked up; nothing when it is no address: one `@`, a
/// local part of RFC 5321's characters and lengths, a domain of letters, digits and hyphens with a dot in it.
std::optional<std::string> normalize_email(std::string_view text);

}  // namespace terrace::identity
