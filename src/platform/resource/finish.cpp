#include "platform/resource/finish.hpp"

#include "platform/resource/declaration/choices.hpp"
#include "platform/resource/finish_parts.hpp"
#include "platform/resource/input/json_schema.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <stdexcept>

namespace terrace::resource::detail {

void refuse(const Resource& resource, std::string_view sentence) {
    throw std::logic_error(fmt::format("The description of the resource {}: {}", resource.name, sentence));
}

namespace {

void sort_fields(Resource& resource) {
    for (const FieldMeta& field : resource.fields) {
        if (field.source == FieldMeta::Source::column) resource.columns.push_back(&field);
        if (field.shown) {
            resource.answer.push_back({fmt::format(",\"{}\":", field.name), &field, resource.columns.size() - 1});
            resource.answered.push_back(&field);
        }
        if (field.accepted) resource.acceptable.push_back(&field);
    }
}

void join_guard(Resource& resource, std::string_view permission, FieldSet field) {
    for (auto& [name, fields] : resource.guarded_fields) {
        if (name != permission) continue;
        fields |= field;
        return;
    }
    resource.guarded_fields.emplace_back(permission, field);
}

void guard_fields(Resource& resource) {
    if (resource.answer.size() > 64) refuse(resource, "an answer has at most 64 fields.");
    for (std::size_t i = 0; i < resource.answer.size(); ++i) {
        const FieldSet field = FieldSet{1} << i;
        resource.all_fields |= field;
        const std::string_view permission = resource.answer[i].field->visible_to;
        if (!permission.empty()) join_guard(resource, permission, field);
    }
    for (const FieldMeta& field : resource.fields) {
        if (field.visible_to.empty() && field.writable_by.empty()) continue;
        resource.has_guarded_fields = true;
        if (is_system_field(field.name)) refuse(resource, fmt::format("{} is seen by everybody.", field.name));
        if (field.required)
            refuse(resource,
                   fmt::format("{} is required, and not everybody may write it; drop one of the two.", field.name));
    }
}

void compile_patterns(Resource& resource) {
    for (const FieldMeta& field : resource.fields) {
        auto pattern = Resource::Pattern(nullptr, [](const re2::RE2* p) { delete p; });
        if (!field.pattern.empty()) {
            pattern.reset(new re2::RE2(re2::StringPiece(field.pattern.data(), field.pattern.size()), re2::RE2::Quiet));
            if (!pattern->ok())
                refuse(resource, fmt::format("the pattern of {} is not RE2: {}.", field.name, pattern->error()));
        }
        resource.patterns.push_back(std::move(pattern));
    }
}

void compile_json_schemas(Resource& resource) {
    for (const FieldMeta& field : resource.fields) {
        auto& schema = resource.json_schemas.emplace_back();
        if (field.type != Type::json) continue;
        if (field.json_schema.empty())
            refuse(resource, fmt::format("{} needs json(schema); any object is {{\"type\":\"object\"}}.", field.name));
        try {
            schema = std::make_shared<const JsonSchema>(field.json_schema);
        } catch (const std::logic_error& error) {
            refuse(resource, fmt::format("the schema of {} is not one: {}", field.name, error.what()));
        }
    }
}

void compile_rules(Resource& resource, const Parts& parts) {
    for (const auto& [act, rule] : parts.rules) {
        auto& guard = resource.guards[static_cast<std::size_t>(act)];
        if (guard) refuse(resource, "two rules allow the same act; join them with `||`.");
        if (act == Act::archive && !resource.archivable)
            refuse(resource, "a rule allows Act::archive; add archivable() or drop the rule.");
        guard = std::make_unique<const Guard>(resource, rule);
    }
}

}  // namespace

Resource finish(Resource resource, const Parts& parts) {
    finish_states(resource);
    name_choices(resource);
    sort_fields(resource);
    resource.id_column = *resource.find_column("id");
    resource.version_column = *resource.find_column("version");
    compile_patterns(resource);
    compile_json_schemas(resource);
    check_fields(resource);
    guard_fields(resource);
    join(resource, parts);
    check_secrets(resource);
    check_bulk(resource);
    finish_relations(resource);
    name_violations(resource, parts);
    check_orderings(resource);
    check_examples(resource);
    compile_rules(resource, parts);
    finish_actions(resource);
    return resource;
}

std::shared_ptr<const Resource> finish_form(Resource form) {
    auto finished = std::make_shared<Resource>(std::move(form));
    name_choices(*finished);
    sort_fields(*finished);
    compile_patterns(*finished);
    compile_json_schemas(*finished);
    check_fields(*finished);
    check_examples(*finished);
    return finished;
}

}  // namespace terrace::resource::detail
