#include "platform/resource/input/body.hpp"

#include "platform/api/body.hpp"
#include "platform/resource/input/check.hpp"
#include "platform/resource/input/viewer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace terrace::resource {
namespace {

/// One body being read: the valid fields and the faults so far.
class BodyReader {
  public:
    BodyReader(const Resource& resource, json::Value root, BodyMode mode, const Viewer& viewer)
        : resource_(resource), root_(root), mode_(mode), viewer_(viewer) {}

    Result<Body> read() {
        for (const FieldMeta* field : resource_.acceptable)
            if (viewer_.sees(*field)) read_field(*field);
        for (const auto& rule : resource_.exactly_one) check_exactly_one(rule);
        refuse_unknown();
        if (!errors_.empty()) return std::unexpected(errors::validation_failed(std::move(errors_)));
        return std::move(body_);
    }

  private:
    void read_field(const FieldMeta& field) {
        const auto value = root_.find(field.name);
        if (!value) {
            if (is_needed(field)) fail(field.name, faults::required());
            return;
        }
        if (field.create_only && mode_ == BodyMode::update) return fail(field.name, faults::unchangeable());
        auto checked = check_value(resource_, field, *value);
        if (!checked) {
            std::ranges::move(checked.error(), std::back_inserter(errors_));
            return;
        }
        body_.given.emplace_back(&field, std::move(*checked));
    }

    bool is_needed(const FieldMeta& field) const {
        return field.required && (mode_ == BodyMode::create || (mode_ == BodyMode::replace && !field.create_only));
    }

    void check_exactly_one(const Resource::ExactlyOne& rule) {
        std::vector<const FieldMeta*> given;
        bool mentioned = false;
        for (const FieldMeta* field : rule.fields) {
            const auto value = root_.find(field->name);
            mentioned = mentioned || value;
            if (value && !value->is_null()) given.push_back(field);
        }
        if (given.empty() && (mentioned || mode_ != BodyMode::update))
            fail(rule.fields.front()->name, {"required", std::string(rule.message)});
        if (given.size() > 1) fail(given.back()->name, {"invalid", fmt::format("{} Not both.", rule.message)});
    }

    void refuse_unknown() {
        root_.each_member([&](std::string_view name, json::Value) {
            const bool known = std::ranges::any_of(resource_.fields, [&](const FieldMeta& field) {
                return field.name == name && (field.shown || field.accepted) && viewer_.sees(field);
            });
            if (!known) fail(name, faults::unknown());
        });
    }

    void fail(std::string_view field, FieldError error) { errors_.emplace_back(std::string(field), std::move(error)); }

    const Resource& resource_;
    json::Value root_;
    BodyMode mode_;
    const Viewer& viewer_;
    Body body_;
    FieldErrors errors_;
};

}  // namespace

void Body::apply(void* object, void* input) const {
    for (const auto& [field, value] : given)
        field->set(field->source == FieldMeta::Source::input ? input : object, value);
}

Result<Body> read_body(const Resource& resource, json::Value root, BodyMode mode, const Viewer& viewer) {
    if (root.kind() != json::Kind::object) return std::unexpected(api::not_an_object(root.kind()));
    return BodyReader(resource, root, mode, viewer).read();
}

Result<Body> parse_body(const Resource& resource, std::string_view text, BodyMode mode, const Viewer& viewer) {
    TERRACE_TRY(document, json::Document::parse(text));
    return read_body(resource, document.root(), mode, viewer);
}

Result<void> parse_empty_body(std::string_view text) {
    static const Resource nothing{.table = ""};
    TERRACE_TRY(body, parse_body(nothing, text, BodyMode::update, Viewer::system()));
    (void)body;
    return {};
}

}  // namespace terrace::resource
