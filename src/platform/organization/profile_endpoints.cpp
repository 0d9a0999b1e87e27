#include "platform/base/json.hpp"
#include "platform/identity/answers.hpp"
#include "platform/identity/browser.hpp"
#include "platform/identity/input.hpp"
#include "platform/organization/endpoints.hpp"
#include "platform/organization/logo.hpp"
#include "platform/organization/profile.hpp"
#include "platform/resource/input/precondition.hpp"
#include "platform/tenancy/slug.hpp"

#include <memory>
#include <utility>

namespace terrace::organization {
namespace {

namespace asio = boost::asio;

constexpr int most_tries = 5;

struct ProfileHandlers {
    explicit ProfileHandlers(const Parts& with)
        : parts(with), profiles(with.database, with.identity.directory()), logos(with.database) {}

    Parts parts;
    Profiles profiles;
    Logos logos;
};

using ProfileHandlersPtr = std::shared_ptr<ProfileHandlers>;

/// The whole of a request to change the organisation. `logo`: nothing stays; an empty one takes the picture away.
struct Wanted {
    ProfileChange profile;
    std::optional<std::optional<Uuid>> logo;

    /// The fields that are given, as the audit names them.
    std::string fields() const {
        std::string names;
        json::Writer writer(names);
        writer.begin_object().key("fields").begin_array();
        if (profile.name) writer.string("name");
        if (profile.slug) writer.string("slug");
        if (profile.locale) writer.string("locale");
        if (profile.time_zone) writer.string("time_zone");
        if (logo) writer.string("logo");
        writer.end_array().end_object();
        return names;
    }
};

void check_choice(identity::Input& input, const char* name, const std::optional<std::string>& value, bool known,
                  const char* message) {
    if (value && !known) input.fail(name, {"invalid_choice", message});
}

Result<Wanted> read_wanted(const api::Context& context) {
    TERRACE_TRY(input, identity::Input::read(context));
    Wanted wanted{.profile = {.name = input.optional("name", {.most_characters = 200}),
                              .slug = input.optional("slug"),
                              .locale = input.optional("locale"),
                              .time_zone = input.optional("time_zone")},
                  .logo = {}};
    const auto& [name, slug, locale, time_zone] = wanted.profile;
    if (slug)
        if (auto fault = tenancy::check_slug(*slug)) input.fail("slug", std::move(*fault));
    check_choice(input, "locale", locale, locale == "en-IN" || locale == "hi-IN", "Choose en-IN or hi-IN.");
    check_choice(input, "time_zone", time_zone, time_zone && is_time_zone(*time_zone),
                 "Choose a time zone such as Asia/Kolkata.");
    if (const auto logo = input.nullable("logo")) {
        const auto id = *logo ? Uuid::parse(**logo) : std::nullopt;
        if (*logo && !id)
            input.fail("logo", {"invalid", "Must be a valid UUID."});
        else
            wanted.logo = id;
    }
    if (auto faults = input.finish(); !faults) return std::unexpected(std::move(faults).error());
    return wanted;
}

void write_logo(json::Writer& writer, const std::optional<Logo>& logo) {
    writer.key("logo");
    if (!logo) {
        writer.null();
        return;
    }
    writer.begin_object()
        .member("id", logo->file.to_string())
        .member("name", logo->name)
        .member("media_type", logo->media_type)
        .member("size", logo->size)
        .member("url", "/api/v1/files/" + logo->file.to_string())
        .end_object();
}

http::Response profile_answer(const ProfileHandlers& handlers, const api::Context& context, const Profile& profile,
                              const std::optional<Logo>& logo) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object()
        .member("id", context.tenant->id.to_string())
        .member("name", profile.name)
        .member("slug", profile.slug)
        .member("origin", identity::tenant_origin(handlers.parts.identity.config(), context.request, profile.slug))
        .member("locale", profile.locale)
        .member("time_zone", profile.time_zone);
    write_logo(writer, logo);
    writer.member("version", profile.version).end_object();
    http::Response response = identity::private_json(200, std::move(body));
    response.header("ETag", "\"" + std::to_string(profile.version) + "\"");
    return response;
}

asio::awaitable<Result<http::Response>> show_profile(ProfileHandlersPtr handlers, api::Context& context) {
    TERRACE_CO_TRY(profile, co_await handlers->profiles.read(context.tenant->id));
    TERRACE_CO_TRY(logo, co_await handlers->logos.read(*context.scope));
    co_return profile_answer(*handlers, context, profile, logo);
}

/// Over the version that If-Match names; without one the last writer of a field wins, whoever else writes meanwhile.
asio::awaitable<Result<Profile>> write_profile(ProfileHandlersPtr handlers, api::Context& context,
                                               ProfileChange change) {
    const auto condition = resource::IfMatch::from(context.request);
    if (!condition) {
        TERRACE_CO_TRY(written, co_await handlers->profiles.write(context.tenant->id, std::nullopt, std::move(change)));
        if (!written) co_return std::unexpected(errors::not_found());
        co_return std::move(*written);
    }
    for (int tries = 0; tries < most_tries; ++tries) {
        TERRACE_CO_TRY(known, co_await handlers->profiles.read(context.tenant->id));
        if (!condition->accepts(known.version)) co_return std::unexpected(errors::version_conflict());
        TERRACE_CO_TRY(written, co_await handlers->profiles.write(context.tenant->id, known.version, change));
        if (written) co_return std::move(*written);
    }
    co_return std::unexpected(errors::unavailable());
}

/// The catalog first, then the organisation's place (picture and audit): no transaction is of both. What could be wrong
/// with the picture has been looked at before.
asio::awaitable<Result<http::Response>> change_profile(ProfileHandlersPtr handlers, api::Context& context) {
    TERRACE_CO_TRY(wanted, read_wanted(context));
    const Uuid user = context.principal->user;
    if (wanted.logo && *wanted.logo)
        if (const auto sound = co_await handlers->logos.check(*context.scope, user, **wanted.logo); !sound)
            co_return std::unexpected(sound.error());
    TERRACE_CO_TRY(profile, co_await write_profile(handlers, context, wanted.profile));
    const Act act{.action = "organization.update",
                  .object_type = "organization",
                  .object = context.tenant->id,
                  .changes = wanted.fields()};
    if (wanted.logo) {
        const auto written = co_await handlers->logos.write(*context.scope, user, *wanted.logo, entry(context, act));
        if (!written) co_return std::unexpected(written.error());
    } else {
        co_await record(handlers->parts, context, act);
    }
    TERRACE_CO_TRY(logo, co_await handlers->logos.read(*context.scope));
    co_return profile_answer(*handlers, context, profile, logo);
}

}  // namespace

void add_profile_endpoints(api::Api& api, const Parts& parts) {
    using http::Method;
    const auto handlers = std::make_shared<ProfileHandlers>(parts);
    api.endpoints.push_back({Method::get,
                             "/api/v1/organization",
                             api::Access::signed_in(),
                             [handlers](api::Context& context) { return show_profile(handlers, context); },
                             {.operation_id = "organization_retrieve",
                              .summary = "The organisation, as its members see it",
                              .description = "With an `ETag` for a later `If-Match`.",
                              .tag = tag,
                              .response_schema = "Organization",
                              .problems = {404}}});
    api.endpoints.push_back(
        {Method::patch,
         "/api/v1/organization",
         api::Access::requires_permission(std::string(update_permission)),
         [handlers](api::Context& context) { return change_profile(handlers, context); },
         {.operation_id = "organization_update",
          .summary = "Change the organisation",
          .description = "What is not sent stays as it is. A new `slug` is the organisation's sub-domain at once; the "
                         "old one is unknown within a second, and nobody else gets it for 30 days. Three are kept so, "
                         "at most: a further change is 409 `slug_limit` until `free_at`. `logo` is the id of "
                         "an uploaded picture (JPEG, PNG or WebP, two megabytes at most); null takes it away.",
          .tag = tag,
          .parameters = {{.name = "If-Match",
                          .in = "header",
                          .description = "The `ETag` of what the change was made from; 412 when it is no longer so."}},
          .request_schema = "OrganizationUpdate",
          .response_schema = "Organization",
          .problems = {400, 404, 412},
          .own_problems = {"TakenProblem", "SlugLimitProblem"}}});
}

}  // namespace terrace::organization
