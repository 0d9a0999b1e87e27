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
    BodyReader(const Resource& resource, json::Value root, BodyMode mode, const Viewer& viewer, const FieldMeta* parent)
        : resource_(resource), root_(root), mode_(mode), viewer_(viewer), parent_(parent) {}

    Result<Body> read() {
        for (const FieldMeta* field : resource_.acceptable)
            if (viewer_.sees(*field) && field != parent_) read_field(*field);
        for (const Relation& relation : resource_.relations)
            if (relation.writes && viewer_.sees(relation)) read_nested(relation);
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

    void read_nested(const Relation& relation) {
        const auto value = root_.find(relation.name);
        if (!value) {
            if (mode_ == BodyMode::replace) body_.nested.push_back({&relation, false, {}});
            return;
        }
        if (value->is_null()) return fail(relation.name, faults::null());
        if (value->kind() != json::Kind::array)
            return fail(relation.name, {"not_a_list", fmt::format("Expected a list of items but got type \"{}\".",
                                                                  api::kind_name(value->kind()))});
        if (value->size() > relation.most)
            return fail(relation.name,
                        {"max_length", fmt::format("Ensure this field has no more than {} elements.", relation.most)});
        NestedList list{&relation, true, {}};
        std::size_t index = 0;
        value->each_element([&](json::Value element) { read_element(list, index++, element); });
        body_.nested.push_back(std::move(list));
    }

    void read_element(NestedList& list, std::size_t index, json::Value element) {
        const auto path = fmt::format("{}.{}", list.relation->name, index);
        auto id = read_id(list, element);
        if (!id) return fail(path + ".id", std::move(id.error()));
        const NestedWrites& writes = *list.relation->writes;
        const OnChild policy = *id ? writes.update : writes.create;
        NestedList::Element read{index, *id, {}};
        if (policy == OnChild::refuse && !*id) return fail(path + ".id", faults::required());
        if (policy != OnChild::ignore) {
            auto body = read_body(*list.relation->resource, element, *id ? mode_ : BodyMode::create, viewer_,
                                  list.relation->by);
            if (!body) return fail_within(path, std::move(body).error());
            read.body = std::move(*body);
        }
        if (*id || policy != OnChild::ignore) list.elements.push_back(std::move(read));
    }

    /// Of an element that is no object, what is wrong is told when it is read as one.
    std::expected<std::optional<Uuid>, FieldError> read_id(const NestedList& list, json::Value element) const {
        const auto value = element.kind() == json::Kind::object ? element.find("id") : std::nullopt;
        if (!value || value->is_null()) return std::nullopt;
        const auto text = value->as_string();
        const auto id = text ? Uuid::parse(*text) : std::nullopt;
        if (!id) return std::unexpected(FieldError{"invalid", "Must be a valid UUID."});
        if (mode_ == BodyMode::create) return std::unexpected(faults::does_not_exist());
        for (const NestedList::Element& other : list.elements)
            if (other.id == *id) return std::unexpected(FieldError{"unique", "This object is named twice."});
        return id;
    }

    void fail_within(std::string_view path, Error error) {
        for (auto& [field, fault] : error.fields) errors_.emplace_back(fmt::format("{}.{}", path, field), fault);
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
            if (!known && !is_relation(name)) fail(name, faults::unknown());
        });
    }

    /// One that is answered may be sent back: it is read-only like a field.
    bool is_relation(std::string_view name) const {
        return std::ranges::any_of(resource_.relations, [&](const Relation& relation) {
            const bool truncated = name.starts_with(relation.name) && name.substr(relation.name.size()) == "_truncated";
            return (name == relation.name || truncated) && viewer_.sees(relation);
        });
    }

    void fail(std::string_view field, FieldError error) { errors_.emplace_back(field, std::move(error)); }

    const Resource& resource_;
    json::Value root_;
    BodyMode mode_;
    const Viewer& viewer_;
    const FieldMeta* parent_;
    Body body_;
    FieldErrors errors_;
};

}  // namespace

void Body::apply(void* object, void* input) const {
    for (const auto& [field, value] : given)
        field->set(field->source == FieldMeta::Source::input ? input : object, value);
}

Result<Body> read_body(const Resource& resource, json::Value root, BodyMode mode, const Viewer& viewer,
                       const FieldMeta* parent) {
    if (root.kind() != json::Kind::object) return std::unexpected(api::not_an_object(root.kind()));
    return BodyReader(resource, root, mode, viewer, parent).read();
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
