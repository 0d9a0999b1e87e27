#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/files/file.hpp"
#include "platform/resource/engine/write_statements.hpp"
#include "platform/resource/resource.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace terrace::files {

/// The resources whose objects hold files, and who may see what of them: a file is for those who may read the object
/// that holds it and the field that it stands in.
class Holders {
  public:
    /// `resources` are of static storage. `seen_by_members`: FileParts::seen_by_members.
    explicit Holders(const std::vector<const resource::Resource*>& resources,
                     std::vector<std::string_view> seen_by_members = {});

    /// Whether the caller may read the object and the field that hold the file now. An unattached file is its
    /// uploader's alone.
    boost::asio::awaitable<Result<bool>> admit(db::Database& database, const api::Context& context,
                                               const File& file) const;

  private:
    struct Holder {
        const resource::Resource* resource;
        resource::WriteStatements statements;
    };
    const Holder* find(std::string_view object_type) const;

    std::vector<std::unique_ptr<const Holder>> holders_;
    std::vector<std::string_view> seen_by_members_;
};

}  // namespace terrace::files
