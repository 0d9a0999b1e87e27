#include "conformance/task.hpp"

#include "platform/resource/describe.hpp"

namespace terrace::conformance {

using resource::Act;
using resource::by;
using resource::field;
using resource::holds;
using resource::is;
using resource::own;

const resource::Resource& tasks() {
    static const auto resource =
        resource::describe<Task>({.plural = "tasks", .singular = "task", .schema = "Task", .table = "{tenant}.task"})
            .fields(field<&Task::id>, field<&Task::version>, field<&Task::code>.required().max_length(20),
                    field<&Task::status>.choices({"open", "done"}), field<&Task::owner_id>, field<&Task::created_at>,
                    field<&Task::updated_at>)
            .orderings("code", {by<&Task::code>()})
            .allow(Act::read, holds("tasks.read") || own<&Task::owner_id>())
            .allow(Act::update, (holds("tasks.update") || own<&Task::owner_id>()) && !is<&Task::status>("done"))
            .build();
    return resource;
}

}  // namespace terrace::conformance
