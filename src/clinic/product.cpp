#include "clinic/product.hpp"

#include "clinic/patients/duplicates.hpp"
#include "clinic/patients/patient.hpp"

namespace terrace::clinic {
namespace {

/// Archiving stays with owner and admin, who hold every permission: it takes a patient out of everybody's sight.
void add_access(access::Catalogue& catalogue) {
    catalogue.add_permission({"patients.read", "See patients"});
    catalogue.add_permission({"patients.create", "Register patients"});
    catalogue.add_permission({"patients.update", "Change patients' details"});
    catalogue.add_permission({"patients.archive", "Archive patients and bring them back"});

    const std::vector<std::string> demographics{"patients.read", "patients.create", "patients.update", "files.upload"};
    catalogue.add_role({"doctor", "Doctor", demographics});
    catalogue.add_role({"nurse", "Nurse", demographics});
    catalogue.add_role({"receptionist", "Receptionist", demographics});
}

void add_endpoints(const resource::EngineParts& parts, api::Api& api) {
    resource::add(patients(), parts, api);
    api.endpoints.push_back(duplicates_endpoint(parts.database));
    api.schemas.push_back(duplicates_schema());
}

}  // namespace

app::Product product() {
    return {.name = "Terrace Clinic",
            .access = add_access,
            .endpoints = add_endpoints,
            .seeds = {},
            .resources = {&patients()}};
}

}  // namespace terrace::clinic
