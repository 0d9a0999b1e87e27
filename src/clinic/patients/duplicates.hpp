#pragma once

#include "platform/api/endpoint.hpp"
#include "platform/db/database.hpp"

#include <string>
#include <utility>

namespace terrace::clinic {

/// `GET /api/v1/patients/duplicates?name=&phone=`: at most five patients who have this phone, or whose names have words
/// that begin like each word of this name. Asked while a person types; it never blocks anything. Needs a name of three
/// letters or a whole phone; answers none otherwise.
api::Endpoint duplicates_endpoint(db::Database& database);

/// The schema of its answer: PatientList.
std::pair<std::string, std::string> duplicates_schema();

}  // namespace terrace::clinic
