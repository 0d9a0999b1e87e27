#include "platform/organization/endpoints.hpp"

namespace terrace::organization {

void add_schemas(api::Api& api) {
    using Extra = api::Problem::Extra;
    const auto add = [&api](const char* name, const char* schema) { api.schemas.emplace_back(name, schema); };
    add("Organization",
        R"({"type":"object","additionalProperties":false,"required":["id","name","slug","origin","locale","time_zone","logo","version"],"properties":{
"id":{"type":"string","format":"uuid"},
"name":{"type":"string"},
"slug":{"type":"string","description":"Its sub-domain"},
"origin":{"type":"string","format":"uri"},
"locale":{"type":"string","enum":["en-IN","hi-IN"]},
"time_zone":{"type":"string","description":"An IANA name"},
"logo":{"oneOf":[{"type":"null"},{"type":"object","additionalProperties":false,"required":["id","name","media_type","size","url"],"properties":{
"id":{"type":"string","format":"uuid"},"name":{"type":"string"},"media_type":{"type":"string"},
"size":{"type":"integer","minimum":1,"description":"In bytes."},"url":{"type":"string","description":"Its path, for GET."}}}]},
"version":{"type":"integer","minimum":1}}})");
    add("OrganizationUpdate",
        R"({"type":"object","additionalProperties":false,"properties":{
"name":{"type":"string","minLength":1,"maxLength":200,"examples":["Lotus"]},
"slug":{"type":"string","pattern":"^[a-z][a-z0-9-]{1,38}[a-z0-9]$","examples":["lotus"]},
"locale":{"type":"string","enum":["en-IN","hi-IN"]},
"time_zone":{"type":"string","maxLength":64,"examples":["Asia/Kolkata"]},
"logo":{"type":["string","null"],"format":"uuid","description":"An uploaded picture; null: none"}}})");
    add("OrganizationDelete",
        R"({"type":"object","additionalProperties":false,"required":["slug","password"],"properties":{
"slug":{"type":"string","description":"The organisation's, typed once more","examples":["lotus"]},
"password":{"type":"string","format":"password","maxLength":1024,"description":"The caller's own","examples":["three or four words"]}}})");
    add("OrganizationDeletion",
        R"({"type":"object","additionalProperties":false,"required":["state","delete_after"],"properties":{
"state":{"type":"string","const":"deleting"},
"delete_after":{"type":"string","format":"date-time","description":"Until then an operator can bring it back"}}})");
    add("Domain",
        R"({"type":"object","additionalProperties":false,"required":["id","domain","state","origin","record","created_at","verified_at","checked_at"],"properties":{
"id":{"type":"string","format":"uuid"},
"domain":{"type":"string","description":"In lower case; other scripts as A-labels"},
"state":{"type":"string","enum":["pending","verified"]},
"origin":{"type":"string","format":"uri","description":"Where the organisation answers once the domain is verified and points here"},
"record":{"type":"object","additionalProperties":false,"required":["type","name","value"],"description":"What proves the domain","properties":{
"type":{"type":"string","const":"TXT"},"name":{"type":"string"},"value":{"type":"string"}}},
"created_at":{"type":"string","format":"date-time"},
"verified_at":{"type":["string","null"],"format":"date-time"},
"checked_at":{"type":["string","null"],"format":"date-time","description":"When DNS was asked last"}}})");
    add("DomainList",
        R"({"type":"object","additionalProperties":false,"required":["results","next","previous"],"properties":{
"results":{"type":"array","maxItems":5,"items":{"$ref":"#/components/schemas/Domain"}},
"next":{"type":["string","null"]},"previous":{"type":["string","null"]}}})");
    add("DomainCreate",
        R"({"type":"object","additionalProperties":false,"required":["domain"],"properties":{
"domain":{"type":"string","minLength":1,"maxLength":1000,"examples":["clinic.example"]}}})");
    add("TlsAllowance",
        R"({"type":"object","additionalProperties":false,"required":["allowed"],"properties":{"allowed":{"type":"boolean","const":true}}})");
    api.problems.push_back({"TenantBusyProblem",
                            409,
                            {"tenant_busy"},
                            "An operator is moving, copying or changing the organisation.",
                            Extra::none,
                            true});
    api.problems.push_back({"SlugLimitProblem",
                            409,
                            {"slug_limit"},
                            "The organisation has changed its slug as often as it may for now.",
                            Extra::free_at,
                            true});
    api.problems.push_back({"DomainProblem",
                            409,
                            {"domain_exists", "domain_limit"},
                            "The organisation has this domain already, or as many as it may.",
                            Extra::errors,
                            true});
    api.problems.push_back({"DomainNotVerifiedProblem",
                            409,
                            {"domain_not_verified"},
                            "The record is not there, or says something else.",
                            Extra::found,
                            true});
    api.problems.push_back({"DomainTakenProblem",
                            409,
                            {"domain_taken"},
                            "Another organisation has proved this domain.",
                            Extra::none,
                            true});
    api.problems.push_back(
        {"DnsUnavailableProblem", 503, {"dns_unavailable"}, "DNS did not answer in time.", Extra::none, true});
}

}  // namespace terrace::organization
