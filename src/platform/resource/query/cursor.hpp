#pragma once

#include "platform/base/crypto.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::resource {

/// A place in an ordered list: beside the row with these values of the ordering's columns and this id.
struct Cursor {
    bool backward = false;            ///< the rows before it, not after it
    std::vector<std::string> values;  ///< of the ordering's columns, as PostgreSQL's text
    std::string id;

    bool operator==(const Cursor&) const = default;
};

/// Seals cursors for clients: they can neither read one (it holds a value of a row, and URLs are logged), nor change
/// it, nor use it in another list. XChaCha20-Poly1305 (libsodium) with a nonce derived from the text, so that equal
/// cursors are equal texts; the list they belong to is the associated data.
class CursorSeal {
  public:
    explicit CursorSeal(std::string_view root_secret);

    /// `list` names everything that the cursor is bound to: tenant, resource, filters, search, ordering.
    std::string seal(const Cursor& cursor, std::string_view list) const;
    std::optional<Cursor> open(std::string_view text, std::string_view list) const;

  private:
    crypto::Digest key_;
    crypto::Digest nonce_key_;
};

}  // namespace terrace::resource
