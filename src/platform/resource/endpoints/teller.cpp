#include "platform/resource/endpoints/teller.hpp"

#include "platform/resource/engine/engine_state.hpp"

#include <utility>

namespace terrace::resource {
namespace {

class ResourceTeller final : public api::Teller {
  public:
    ResourceTeller(const Resource& resource, std::shared_ptr<Engine> engine, Tells tells)
        : resource_(resource), engine_(std::move(engine)), tells_(tells) {}

    api::Told tell(const api::Documentation& documentation, const access::Principal& caller) const override {
        const Viewer viewer(caller);
        return {tells_.parameters ? tells_.parameters(resource_, viewer) : documentation.parameters,
                schemas(resource_, viewer)};
    }

    boost::asio::awaitable<Result<std::shared_ptr<const void>>> find(api::Context& context) const override {
        return engine_->find(context);
    }

    Result<void> permits(const access::Principal& caller, const void* object) const override {
        if (tells_.guard && !tells_.guard->sight(caller.permissions.get(), caller.user).admits(object))
            return std::unexpected(errors::permission_denied());
        if (tells_.step && tells_.step->transition) return check_step(resource_, *tells_.step, object);
        return {};
    }

  private:
    const Resource& resource_;
    std::shared_ptr<Engine> engine_;
    Tells tells_;
};

}  // namespace

std::shared_ptr<const api::Teller> make_teller(const Resource& resource, std::shared_ptr<Engine> engine, Tells tells) {
    return std::make_shared<const ResourceTeller>(resource, std::move(engine), tells);
}

}  // namespace terrace::resource
