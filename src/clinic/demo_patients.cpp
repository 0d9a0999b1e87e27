#include "clinic/demo.hpp"
#include "clinic/demo_names.hpp"
#include "clinic/demo_random.hpp"
#include "platform/base/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace terrace::clinic {
namespace {

constexpr std::string_view streets[] = {"MG Road",      "Station Road", "Temple Street", "Lake View Road",
                                        "Gandhi Nagar", "Nehru Colony", "Market Lane",   "College Road",
                                        "Ring Road",    "Park Street"};

/// What the people of a household have in common.
struct Household {
    const NamePool& pool;
    std::string_view family;
    std::string phone;
    std::string address;
    std::string pincode;
};

struct Person {
    std::string name;
    std::string_view sex;
    int age = 0;
    std::string_view relation = "self";  ///< whose phone it is, seen from this person
    std::string guardian;
};

std::string full_name(const NamePool& pool, std::string_view given, std::string_view family) {
    if (pool.initial_first) return fmt::format("{}. {}", family.substr(0, 1), given);
    return fmt::format("{} {}", given, family);
}

Person person(DemoRandom& random, const Household& household, bool woman, int age, std::string_view relation) {
    const auto given = random.pick(woman ? household.pool.women : household.pool.men);
    return {full_name(household.pool, given, household.family), woman ? "female" : "male", age, relation, ""};
}

/// The regions of a clinic, the first far ahead; now and then a name in its own script.
const NamePool& pick_pool(DemoRandom& random, const DemoClinic& clinic) {
    if (random.percent(5)) return name_pool("devanagari");
    if (random.percent(60)) return name_pool(clinic.regions.front());
    return name_pool(random.pick(std::span<const std::string>(clinic.regions)));
}

Household make_household(DemoRandom& random, const DemoClinic& clinic) {
    const NamePool& pool = pick_pool(random, clinic);
    return {.pool = pool,
            .family = random.pick(pool.families),
            .phone = fmt::format("{}{:09}", random.between(7, 9), random.next() % 1'000'000'000),
            .address =
                fmt::format("{}, {}", random.between(1, 240), random.pick(std::span<const std::string_view>(streets))),
            .pincode = fmt::format("{}{:03}", clinic.pincode_prefix, random.between(1, 99))};
}

int adult_age(DemoRandom& random) {
    return random.percent(28) ? random.between(60, 88) : random.between(19, 59);
}

/// One adult, or a couple with children and perhaps a parent.
std::vector<Person> people_of(DemoRandom& random, const Household& household) {
    const bool woman_first = random.percent(55);
    if (random.percent(58)) return {person(random, household, woman_first, adult_age(random), "self")};
    const int age = random.between(24, 44);
    std::vector<Person> people{person(random, household, woman_first, age, "self")};
    if (random.percent(70))
        people.push_back(person(random, household, !woman_first, age + random.between(0, 4), "spouse"));
    for (int children = random.between(1, 3); children > 0; --children) {
        Person child =
            person(random, household, random.percent(50), random.between(0, std::min(17, age - 20)), "parent");
        child.guardian = people.front().name;
        people.push_back(std::move(child));
    }
    if (random.percent(30))
        people.push_back(person(random, household, random.percent(50), age + random.between(22, 34), "child"));
    return people;
}

/// A day on which somebody of this age has their age at the anchor, 5 January 2026, so that every machine gets the
/// same.
std::string birthday(DemoRandom& random, int age) {
    using namespace std::chrono;
    const sys_days anchor = year(2026) / January / 5;
    const sys_days day = sys_days(year_month_day(anchor) - years(age)) - days(random.between(1, 360));
    return resource::format_date(year_month_day(day));
}

std::string mail_name(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
        if (c >= 'a' && c <= 'z') out += c;
        if (c == ' ' && !out.empty()) out += '.';
    }
    return out;
}

std::string document(DemoRandom& random, const DemoClinic& clinic, const Household& household, const Person& person) {
    std::string body;
    json::Writer out(body);
    out.begin_object().member("name", person.name).member("sex", person.sex);
    if (random.percent(30))
        out.member("age", person.age);
    else
        out.member("date_of_birth", birthday(random, person.age));
    out.member("phone", household.phone).member("phone_relation", person.relation);
    if (!person.guardian.empty()) out.member("guardian_name", person.guardian);
    const std::string mail = mail_name(person.name);
    if (person.age >= 18 && mail.size() > 4 && random.percent(25))
        out.member("email", fmt::format("{}{}@example.in", mail, random.between(1, 99)));
    if (random.percent(80)) out.member("address", household.address);
    out.member("city", clinic.city);
    if (random.percent(85)) out.member("pincode", household.pincode);
    out.end_object();
    return body;
}

/// The same person registered again with the name cut short, as happens at a busy desk.
Person registered_again(Person person) {
    const std::size_t blank = person.name.find(' ');
    if (blank != person.name.npos && person.name.size() > blank + 1 && person.name[blank - 1] != '.')
        person.name = person.name.substr(0, blank + 2);
    return person;
}

}  // namespace

std::vector<std::string> demo_patients(const DemoClinic& clinic, std::size_t count) {
    std::vector<std::string> documents;
    for (std::uint64_t index = 0; documents.size() < count; ++index) {
        DemoRandom random(clinic.slug, index);
        const Household household = make_household(random, clinic);
        const std::vector<Person> people = people_of(random, household);
        for (const Person& person : people) documents.push_back(document(random, clinic, household, person));
        const bool plain = people.front().name.find_first_not_of(
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .'") == std::string::npos;
        if (plain && random.percent(3))
            documents.push_back(document(random, clinic, household, registered_again(people.front())));
    }
    documents.resize(count);
    return documents;
}

}  // namespace terrace::clinic
