#include "platform/resource/engine/attachments.hpp"
#include "platform/resource/engine/engine_state.hpp"

namespace terrace::resource {

Attachments Engine::attachments(const Caller& caller, const Uuid& id, const void* object, const void* previous) const {
    return {resource_,
            {.tenant = caller.tenant->id, .user = caller.user, .object_type = resource_.object, .object = id},
            object,
            previous};
}

boost::asio::awaitable<Error> Engine::error_of(const Caller& caller, const Attachments& files,
                                               const WriteFault& fault) {
    if (fault.of_child) co_return *fault.of_child;
    const auto* refused = files.refused(fault.error);
    if (!refused) co_return error_of(fault.error);
    db::Statement look = files.look_at(*refused);
    auto rows = co_await database_.run(caller.scope, db::UnitKind::point_read, *look.shape, std::move(look.params));
    if (!rows) co_return db::to_error(rows.error());
    co_return errors::validation_failed({{std::string(refused->field->name), Attachments::why(*refused, *rows)}});
}

}  // namespace terrace::resource
