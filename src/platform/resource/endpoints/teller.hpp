#pragma once

#include "platform/api/options.hpp"
#include "platform/resource/engine/engine.hpp"
#include "platform/resource/input/viewer.hpp"

#include <memory>
#include <vector>

namespace terrace::resource {

/// What of an endpoint depends on who asks.
struct Tells {
    /// Its parameters as a viewer is to know them; nullptr: as the documentation has them.
    std::vector<api::Parameter> (*parameters)(const Resource& resource, const Viewer& viewer) = nullptr;
    const Guard* guard = nullptr;  ///< the rule that looks at the object
    const Action* step = nullptr;  ///< whose transition looks at it, where it is one
};

/// For OPTIONS on the paths of a resource. The resource, and what `tells` points to, outlive it.
std::shared_ptr<const api::Teller> make_teller(const Resource& resource, std::shared_ptr<Engine> engine, Tells tells);

}  // namespace terrace::resource
