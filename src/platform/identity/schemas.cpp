#include "platform/identity/endpoints.hpp"

namespace terrace::identity {

void add_schemas(api::Api& api) {
    const auto add = [&api](const char* name, const char* schema) { api.schemas.emplace_back(name, schema); };
    add("EmptyRequest", R"({"type":"object","additionalProperties":false})");
    add("TokenRequest",
        R"({"oneOf":[
{"type":"object","title":"By password","additionalProperties":false,"required":["grant_type","email","password"],"properties":{
"grant_type":{"const":"password"},
"email":{"type":"string","format":"email","maxLength":254,"examples":["meera@lotus.example"]},
"password":{"type":"string","format":"password","maxLength":1024,"examples":["three or four words"]},
"tenant":{"type":"string","examples":["lotus"],"description":"The organisation's sub-domain; not needed where the host or a single membership names it"}}},
{"type":"object","title":"By refresh token","additionalProperties":false,"required":["grant_type","refresh_token"],"properties":{
"grant_type":{"const":"refresh_token"},
"refresh_token":{"type":"string"}}}]})");
    add("Tokens",
        R"({"type":"object","additionalProperties":false,"required":["access_token","refresh_token","token_type","expires_in"],"properties":{
"access_token":{"type":"string","description":"A JWT for the header Authorization: Bearer"},
"refresh_token":{"type":"string","description":"For one refresh; its answer holds the next"},
"token_type":{"const":"Bearer"},
"expires_in":{"type":"integer","description":"Seconds that the access token lives"}}})");
    add("LoginRequest",
        R"({"type":"object","additionalProperties":false,"required":["email","password"],"properties":{
"email":{"type":"string","format":"email","maxLength":254,"examples":["meera@lotus.example"]},
"password":{"type":"string","format":"password","maxLength":1024,"examples":["three or four words"]},
"tenant":{"type":"string","examples":["lotus"]}}})");
    add("RefreshResponse",
        R"({"type":"object","additionalProperties":false,"required":["expires_in"],"properties":{"expires_in":{"type":"integer"}}})");
    add("RegisterRequest",
        R"({"type":"object","additionalProperties":false,"required":["organization_name","slug","full_name","email","password"],"properties":{
"organization_name":{"type":"string","minLength":1,"maxLength":200,"examples":["Lotus"]},
"slug":{"type":"string","pattern":"^[a-z][a-z0-9-]{1,38}[a-z0-9]$","examples":["lotus"]},
"full_name":{"type":"string","minLength":1,"maxLength":200,"examples":["Meera Rao"]},
"email":{"type":"string","format":"email","maxLength":254,"examples":["meera@lotus.example"]},
"password":{"type":"string","format":"password","minLength":12,"maxLength":1024,"examples":["three or four words"]}}})");
    add("RegisterResponse",
        R"({"type":"object","additionalProperties":false,"required":["user","tenant"],"properties":{
"user":{"type":"object","additionalProperties":false,"required":["id","email","full_name"],"properties":{
"id":{"type":"string","format":"uuid"},"email":{"type":"string"},"full_name":{"type":"string"}}},
"tenant":{"type":"object","additionalProperties":false,"required":["id","slug","name","origin"],"properties":{
"id":{"type":"string","format":"uuid"},"slug":{"type":"string"},"name":{"type":"string"},"origin":{"type":"string","format":"uri"}}}}})");
    add("SlugAvailability",
        R"({"type":"object","additionalProperties":false,"required":["slug","available"],"properties":{
"slug":{"type":"string"},"available":{"type":"boolean"},"code":{"type":"string"},"message":{"type":"string"},"suggestion":{"type":"string"}}})");
    add("Me",
        R"({"type":"object","additionalProperties":false,"required":["user","tenant","role","permissions","tenants"],"properties":{
"user":{"type":"object","additionalProperties":false,"required":["id","email","full_name","locale"],"properties":{
"id":{"type":"string","format":"uuid"},"email":{"type":"string"},"full_name":{"type":"string"},"locale":{"type":"string"}}},
"tenant":{"type":"object","additionalProperties":false,"required":["id","slug","name","time_zone","origin"],"properties":{
"id":{"type":"string","format":"uuid"},"slug":{"type":"string"},"name":{"type":"string"},"time_zone":{"type":"string"},"origin":{"type":"string","format":"uri"}}},
"role":{"type":"object","additionalProperties":false,"required":["slug","name"],"properties":{"slug":{"type":"string"},"name":{"type":"string"}}},
"permissions":{"type":"array","items":{"type":"string"}},
"tenants":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["slug","name","origin","role"],"properties":{
"slug":{"type":"string"},"name":{"type":"string"},"origin":{"type":"string","format":"uri"},"role":{"type":"string"}}}}}})");
    add("SessionList",
        R"({"type":"object","additionalProperties":false,"required":["results","next","previous"],"properties":{
"results":{"type":"array","maxItems":100,"items":{"type":"object","additionalProperties":false,"required":["id","tenant","created_at","last_used_at","user_agent","ip","current"],"properties":{
"id":{"type":"string","format":"uuid"},
"tenant":{"type":"object","additionalProperties":false,"required":["slug","name"],"properties":{"slug":{"type":"string"},"name":{"type":"string"}}},
"created_at":{"type":"string","format":"date-time"},
"last_used_at":{"type":"string","format":"date-time","description":"Good to five minutes"},
"user_agent":{"type":"string","description":"A name for the eye, such as Chrome on Android; empty when the device says nothing"},
"ip":{"type":["string","null"]},
"current":{"type":"boolean","description":"Whether this is the session that asks"}}}},
"next":{"type":["string","null"]},"previous":{"type":["string","null"]}}})");
    add("MeUpdate",
        R"({"type":"object","additionalProperties":false,"properties":{
"full_name":{"type":"string","minLength":1,"maxLength":200,"examples":["Meera Rao"]},
"locale":{"type":"string","enum":["en","hi"]}}})");
    add("EnterRequest",
        R"({"type":"object","additionalProperties":false,"required":["code"],"properties":{"code":{"type":"string"}}})");
    add("JsonWebKeySet",
        R"({"type":"object","additionalProperties":false,"required":["keys"],"properties":{"keys":{"type":"array","items":{"type":"object"}}}})");
}

}  // namespace terrace::identity
