#include "clinic/demo.hpp"

#include "clinic/patients/patient.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace terrace::clinic {
namespace {

/// Patients in one unit: few round trips, and no unit so long that others wait for its lane.
constexpr std::size_t batch = 40;

DemoClinic make_clinic(std::string slug, std::string name, std::string city, std::string pincode_prefix,
                       std::vector<std::string> regions, const std::array<std::string_view, 4>& names) {
    constexpr std::array<std::string_view, 4> roles{"owner", "doctor", "nurse", "receptionist"};
    DemoClinic clinic{std::move(slug),           std::move(name),    std::move(city),
                      std::move(pincode_prefix), std::move(regions), {}};
    for (std::size_t i = 0; i < roles.size(); ++i)
        clinic.people.push_back(
            {std::string(names[i]), std::string(roles[i]) + "@" + clinic.slug + ".example", std::string(roles[i])});
    return clinic;
}

boost::asio::awaitable<Result<std::size_t>> count_patients(db::Database& database, db::TenantScope scope) {
    static const db::Shape& shape = db::shape("select count(*) from {tenant}.patient where tenant_id = $1");
    auto rows = co_await database.run(scope, db::UnitKind::read, shape, db::Params().add(scope.tenant()));
    if (!rows) co_return std::unexpected(db::to_error(rows.error()));
    co_return static_cast<std::size_t>(rows->integer(0, 0));
}

}  // namespace

const std::vector<DemoClinic>& demo_clinics() {
    static const std::vector<DemoClinic> clinics{
        make_clinic("asha", "Asha Clinic", "Pune", "411", {"marathi", "hindi", "muslim"},
                    {"Vaishali Kulkarni", "Mahesh Joshi", "Smita Jadhav", "Rohan Shinde"}),
        make_clinic("sunrise", "Sunrise Polyclinic", "Chennai", "600", {"tamil", "telugu", "christian"},
                    {"Lakshmi Sundaram", "Karthik Natarajan", "Selvi Muthu", "Maria Fernandes"}),
        make_clinic("lotus", "Lotus Child Care", "Kolkata", "700", {"bengali", "muslim", "hindi"},
                    {"Indrani Banerjee", "Arindam Ghosh", "Tapati Das", "Sabiha Khan"}),
    };
    return clinics;
}

boost::asio::awaitable<Result<std::size_t>> seed_demo(resource::EngineParts parts, resource::Caller caller,
                                                      DemoClinic clinic, std::size_t count) {
    auto there = co_await count_patients(parts.database, caller.scope);
    if (!there) co_return std::unexpected(std::move(there).error());
    // What was cut off has left whole units.
    if (*there >= count || *there % batch != 0) co_return 0;
    resource::Engine engine(patients(), parts);
    const std::vector<std::string> documents = demo_patients(clinic, count);
    for (std::size_t from = *there; from < documents.size(); from += batch) {
        const auto begin = documents.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end = documents.begin() + static_cast<std::ptrdiff_t>(std::min(from + batch, documents.size()));
        auto made = co_await engine.create_all(caller, {begin, end});
        if (!made) co_return std::unexpected(std::move(made).error());
    }
    co_return documents.size() - *there;
}

}  // namespace terrace::clinic
