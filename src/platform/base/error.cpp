#include "platform/base/error.hpp"

namespace terrace::errors {

Error validation_failed(FieldErrors fields) {
    return {.status = 400,
            .code = "validation_failed",
            .detail = "Some of what was sent is not valid.",
            .fields = std::move(fields)};
}

Error parse_error(std::string detail) {
    return {.status = 400, .code = "parse_error", .detail = std::move(detail)};
}

Error not_authenticated(std::string detail) {
    return {.status = 401, .code = "not_authenticated", .detail = std::move(detail)};
}

Error permission_denied(std::string detail) {
    return {.status = 403, .code = "permission_denied", .detail = std::move(detail)};
}

Error not_found() {
    return {.status = 404, .code = "not_found", .detail = "There is nothing here."};
}

Error conflict(std::string code, std::string detail) {
    return {.status = 409, .code = std::move(code), .detail = std::move(detail)};
}

Error version_conflict() {
    return {.status = 412,
            .code = "version_conflict",
            .detail = "Someone else changed this since you opened it. Load it again and repeat your change."};
}

Error unavailable(std::chrono::seconds retry_after) {
    return {.status = 503,
            .code = "unavailable",
            .detail = "The service is busy or a part of it is away. Try again shortly.",
            .retry_after = retry_after};
}

Error internal() {
    return {.status = 500, .code = "internal", .detail = "Something went wrong on our side. It has been noted."};
}

}  // namespace terrace::errors
