#pragma once

#include "platform/tenancy/data/manifest.hpp"
#include "platform/tenancy/places/tenant_rows.hpp"
#include "platform/tenancy/places/tenant_turn.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace terrace::tenancy {

/// The export that a move leaves of the rows that it takes away where they were, for the case that it proves wrong. It
/// is taken twice. `take` writes all rows while people work, before writes are kept out: from then on there is a whole
/// archive, whatever happens. `hold` keeps the moment of the switch in a snapshot, which is quick, and which the
/// deletion of the rows does not end; `complete` then writes anew the tables that have changed since `take`, so that
/// the archive has the very rows that moved. Blocking; part of a move, which has the tenant's turn. Every call throws
/// std::runtime_error.
class KeptExport {
  public:
    /// Of the tenant where `turn` says that it is, into a folder below `parent`, which is made where it is not there.
    KeptExport(const TenantTurn& turn, const std::filesystem::path& parent, std::function<bool()> cancelled);

    /// False when it was cancelled. What it wrote is read again and compared with the manifest.
    bool take();
    /// While nobody writes at the source.
    void hold();
    /// `moved`: sums of all tables, in their order, that the new place has. Where it throws, what `take` wrote stands.
    void complete(const std::vector<RowSum>& moved);

    const std::filesystem::path& folder() const { return folder_; }

  private:
    void begin_reading();
    void make_folder(const std::filesystem::path& parent);
    void record(const std::string& manifest_sha256, std::int64_t rows, bool is_of_switch) const;
    bool write(const std::filesystem::path& folder);

    const TenantTurn& turn_;
    Spot spot_;
    Side side_;
    std::function<bool()> cancelled_;
    Uuid id_;
    std::filesystem::path folder_;
    db::AdminConnection source_;
};

/// What became of one when its tenant was erased.
struct ErasedExport {
    std::string taken_at, manifest_sha256;
    std::int64_t rows = 0;
    /// False: it lies on another machine, whose next `prune` removes it.
    bool removed = false;
};

/// Removes the folders of a tenant's kept exports, all of them; the catalog's rows go with the tenant.
std::vector<ErasedExport> erase_kept_exports(db::AdminConnection& installation, const Uuid& tenant);

/// Removes those that the move of this tenant has taken that is on or was cut off, and is undone.
void discard_exports_of_move(const TenantTurn& turn);

/// Removes those of this machine whose 7 days are over, and folders below `parent` of that age which the catalog does
/// not know any more. Returns how many.
std::size_t prune_kept_exports(db::AdminConnection& installation, const std::filesystem::path& parent);

}  // namespace terrace::tenancy
