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

    const std::vector<std::string> everyday{
        "files.upload",
        "patients.read",
        "patients.create",
        "patients.update",
    };
    catalogue.add_role({"doctor", "Doctor", everyday});
    catalogue.add_role({"nurse", "Nurse", everyday});
    catalogue.add_role({"receptionist", "Receptionist", everyday});
}

/// Every resource of the clinic.
std::vector<const resource::Resource*> resources() {
    return {
        &patients(),
    };
}

void add_endpoints(const resource::EngineParts& parts, api::Api& api) {
    for (const resource::Resource* resource : resources()) resource::add(*resource, parts, api);
    api.endpoints.push_back(duplicates_endpoint(parts.database));
    api.schemas.push_back(duplicates_schema());
}

}  // namespace

app::Product product() {
    return {.name = "Terrace Clinic",
            .access = add_access,
            .endpoints = add_endpoints,
            .seeds = {},
            .resources = resources()};
}

}  // namespace terrace::clinic
