#include "clinic/patients/patient.hpp"

#include "clinic/patients/calendar.hpp"
#include "platform/resource/describe.hpp"
#include "platform/resource/values/text.hpp"

namespace terrace::clinic {
namespace {

using resource::by, resource::computed, resource::Date, resource::digits, resource::field, resource::input,
    resource::whole_number, resource::words;
using View = resource::RowView<Patient>;
using Write = resource::Write<Patient, PatientInput>;

constexpr std::int64_t greatest_age = 130;

std::int64_t age(const View& patient) {
    return age_on(today_in(patient.tenant().time_zone), patient.get<&Patient::born_on>());
}

std::optional<Date> known_birthday(const View& patient) {
    if (patient.get<&Patient::dob_precision>() != "day") return {};
    return patient.get<&Patient::born_on>();
}

void check_birthday(Write& write) {
    const auto born_on = write.input().date_of_birth;
    if (!born_on) return;
    const Date today = today_in(write.tenant().time_zone);
    if (*born_on > today)
        write.error<&PatientInput::date_of_birth>("invalid", "The date of birth may not lie in the future.");
    else if (age_on(today, *born_on) > greatest_age)
        write.error<&PatientInput::date_of_birth>("invalid", "The date of birth may not lie over 130 years back.");
}

void set_birthday(Write& write) {
    Patient& patient = write.object();
    const auto& given = write.input();
    if (given.date_of_birth) {
        patient.born_on = *given.date_of_birth;
        patient.dob_precision = "day";
    }
    if (!given.age) return;
    const Date today = today_in(write.tenant().time_zone);
    // An age that is so already says nothing new, and the estimate must not drift.
    if (patient.dob_precision == "estimated" && age_on(today, patient.born_on) == *given.age) return;
    patient.born_on = estimated_birthday(today, *given.age);
    patient.dob_precision = "estimated";
}

void set_name_sort(Write& write) {
    write.object().name_sort = resource::text::fold(write.object().name);
}

/// The column's look-up finds the household in the same unit.
void keep_household(Write& write) {
    if (!write.object().phone || !write.changes<&Patient::phone>()) return;
    static const db::Shape& shape = db::shape(
        "insert into {tenant}.household (tenant_id, id, phone_e164) values ($1, $2, $3) on conflict do nothing");
    db::Params params;
    params.add(write.tenant().id).add(Uuid::v7()).add(*write.object().phone);
    write.first({&shape, std::move(params)}, *write.object().phone);
}

// clang-format off: one field a line.
resource::Resource describe_patients() {
    return resource::describe<Patient, PatientInput>(
               {.plural = "patients", .singular = "patient", .schema = "Patient", .table = "{tenant}.patient",
                .about = "Who is treated here. A phone belongs to a household; number and id never change."})
        .fields(field<&Patient::id>,
                field<&Patient::number>.read_only().unique("patient_number_key").example("42"),
                field<&Patient::version>,
                field<&Patient::name>.required().max_length(200).example("Asha Rao"),
                field<&Patient::name_sort>.hidden(),
                field<&Patient::sex>.required().choices({"male", "female", "other", "unknown"}),
                computed<&age>("age").between(0, greatest_age).example("41"),
                input<&PatientInput::age>.between(0, greatest_age).example("41"),
                computed<&known_birthday>("date_of_birth").described("null when only an age is known."),
                input<&PatientInput::date_of_birth>,
                field<&Patient::born_on>.hidden(),
                field<&Patient::dob_precision>.read_only().choices({"day", "estimated"}),
                field<&Patient::phone>.phone().described("As typed in India, or E.164; stored as E.164."),
                field<&Patient::phone_relation>.choices({"self", "parent", "spouse", "child", "guardian", "other"})
                    .described("Whose phone it is, seen from the patient."),
                field<&Patient::guardian_name>.max_length(200).example("Meera Rao"),
                field<&Patient::email>.email(),
                field<&Patient::address>.multiline().max_length(500).example("7 Temple Street"),
                field<&Patient::city>.max_length(100).example("Kochi"),
                field<&Patient::pincode>.pattern("^[1-9][0-9]{5}$", "Enter a PIN code of six digits.")
                    .example("682001"),
                field<&Patient::household_id>.looked_up<&Patient::phone>(
                    "select household.id from {tenant}.household "
                    "where household.tenant_id = $1 and household.phone_e164 ="),
                field<&Patient::created_at>,
                field<&Patient::updated_at>,
                field<&Patient::archived_at>)
        .exactly_one_of<&PatientInput::age, &PatientInput::date_of_birth>("Give an age or a date of birth.")
        .check(check_birthday)
        .before_write(set_birthday)
        .before_write(set_name_sort)
        .before_write(keep_household)
        .numbered<&Patient::number>("patient")
        .filter<&Patient::sex>()
        .search("{tenant}.patient_token",
                {words<&Patient::name>(), digits<&Patient::phone>(), whole_number<&Patient::number>()})
        .orderings("-created_at", {by<&Patient::name_sort>("name"), by<&Patient::number>(), by<&Patient::created_at>()})
        .archivable()
        .build();
}
// clang-format on

}  // namespace

const resource::Resource& patients() {
    static const resource::Resource resource = describe_patients();
    return resource;
}

}  // namespace terrace::clinic
