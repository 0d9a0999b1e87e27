#pragma once

#include "platform/db/database.hpp"
#include "platform/resource/declaration/write.hpp"
#include "platform/resource/resource.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace terrace::resource {

/// The files that a write takes up for its object, and those that it lets go of. A file belongs to one field of one
/// object: taking it up is a part of the write's unit, which fails as a whole where the file is not there to be taken.
class Attachments {
  public:
    /// The object that writes, and for whom.
    struct Owner {
        Uuid tenant;
        Uuid user;
        std::string_view object_type;  ///< as in the audit
        Uuid object;
    };
    struct File {
        const FieldMeta* field;
        Uuid id;
    };

    Attachments() = default;
    /// `previous` is nullptr on create.
    Attachments(const Resource& resource, Owner owner, const void* object, const void* previous);

    bool empty() const { return taken_.empty() && released_.empty(); }
    /// Adds the statements to the unit that `steps` begin: what is let go of first, so that a file may go from one
    /// field to another. A file that is let go of is removed by the sweep.
    void add_to(std::vector<Step>& steps);
    /// So many statements have come before those of `steps`.
    void come_after(std::size_t statements) { first_taken_ += statements; }
    /// The file for which the unit failed.
    const File* refused(const db::DbError& error) const;

    /// Reads what `why` needs.
    db::Statement look_at(const File& file) const;
    /// Why a file is not taken. What the caller has not uploaded and the object does not hold is answered like what
    /// never was.
    static FieldError why(const File& file, const db::Rows& rows);

  private:
    Owner owner_;
    std::vector<File> taken_;
    std::vector<Uuid> released_;
    std::size_t first_taken_ = 0;  ///< its place in the unit
};

}  // namespace terrace::resource
