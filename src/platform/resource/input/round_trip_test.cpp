#include "platform/resource/testing/test_specimens.hpp"

#include <chrono>
#include <random>

/// What is answered can be sent back and means the same, for random values of every type.
namespace terrace::resource::testing {
namespace {

class RoundTrip : public SpecimenTest {
  protected:
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(random);
    }
    bool one_in(std::int64_t times) { return between(1, times) == 1; }
    template <class T, std::size_t N>
    const T& one_of(const T (&values)[N]) {
        return values[static_cast<std::size_t>(between(0, N - 1))];
    }
    std::string quoted(std::string_view text) {
        std::string out;
        json::append_string(out, text);
        return out;
    }
    /// 1 to `most` characters, among them those that mean something to JSON, to arrays and to SQL.
    std::string text(std::int64_t most) {
        static const char* const pieces[] = {"a", "Z", "9", "\"", "\\", "{",    "}", ",",
                                             "'", "%", "é", "न",  "😀", "NULL", "/", "-"};
        std::string made = "x";
        for (std::int64_t i = between(0, most / 4 - 1); i > 0; --i) made += one_of(pieces);
        return quoted(made);
    }
    std::string list(std::int64_t least, std::int64_t most, const std::function<std::string()>& element) {
        std::string made;
        for (std::int64_t i = between(least, most); i > 0; --i) made += (made.empty() ? "" : ",") + element();
        return "[" + made + "]";
    }
    std::string decimal(std::int64_t least, std::int64_t most, int scale) {
        const std::string number = format_decimal({between(least, most), scale});
        return one_in(2) ? number : quoted(number);
    }
    std::string document(int level) {
        if (level == 0 || one_in(3)) {
            const std::string numbers[] = {std::to_string(between(INT64_MIN, INT64_MAX)),
                                           fmt::format("{}", std::ldexp(static_cast<double>(between(-999, 999)),
                                                                        static_cast<int>(between(-30, 52)))),
                                           "null", "true", "-0.0"};
            return one_in(2) ? one_of(numbers) : text(20);
        }
        if (one_in(2)) return list(0, 3, [&] { return document(level - 1); });
        std::string made;
        for (std::int64_t i = between(0, 3); i > 0; --i)
            made += fmt::format(R"({}"{}{}":{})", made.empty() ? "" : ",",
                                std::string(static_cast<std::size_t>(between(0, 3)), 'k'), i, document(level - 1));
        return "{" + made + "}";
    }

    /// The JSON of a random value of a field.
    std::string value(std::string_view field) {
        using namespace std::chrono;
        if (field == "website") return quoted(fmt::format("https://example.in/{}?q=%20", between(0, 1'000'000)));
        if (field == "slug") return quoted(fmt::format("slug-{}_{}", between(0, 99), between(0, 99)));
        if (field == "address")
            return quoted(one_in(2) ? fmt::format("10.{}.0.{}", between(0, 255), between(0, 255))
                                    : fmt::format("2001:db8::{:x}", between(0, 65535)));
        if (field == "batch") return quoted(Uuid::v7().to_string());
        if (field == "weight") return decimal(50, 1'000'000, 2);
        if (field == "density") return decimal(-999'999, 999'999, 4);
        if (field == "price") return std::to_string(between(0, 999'999));
        if (field == "balance") return std::to_string(between(-50'000, 50'000));
        if (field == "opens") return quoted(format_time({between(0, 86'400'000'000 - 1)}));
        if (field == "length") return quoted(fmt::format("PT{}S", between(60, 86'400)));
        if (field == "found_on") return quoted(format_date(Date(sys_days(2000y / 1 / 1) + days(between(0, 36'000)))));
        if (field == "seen_at")
            return quoted(format_timestamp({between(-60'000'000'000'000'000, 250'000'000'000'000'000)}));
        if (field == "place") return std::to_string(between(1, 100));
        if (field == "names") return list(0, 3, [&] { return text(20); });
        if (field == "marks") return list(1, 4, [&] { return std::to_string(between(-5, 5)); });
        if (field == "colours") return list(0, 4, [&] { return quoted(one_of({"red", "green", "blue"})); });
        if (field == "settings")
            return fmt::format(R"({{"readings":[{},{}],"unit":"g"}})", between(0, 9),
                               decimal(0, 999, 3).front() == '"' ? "0.5" : "1e2");
        if (field == "extra") return fmt::format(R"({{"e":{}}})", document(4));
        if (field == "polished") return one_in(2) ? "true" : "false";
        return text(20);
    }
    std::string body() {
        std::string made;
        for (const FieldMeta* field : resource.acceptable) {
            const bool refers = field->reference.has_value();
            if (refers || (!field->required && one_in(4))) continue;
            const bool null = field->nullable && one_in(6);
            made +=
                fmt::format(R"({}"{}":{})", made.empty() ? "" : ",", field->name, null ? "null" : value(field->name));
        }
        return "{" + made + "}";
    }

    std::mt19937_64 random{20'261'128};
};

TEST_F(RoundTrip, OfAnAnswerChangesNothing) {
    for (int i = 0; i < 150; ++i) {
        const std::string sent = body();
        const Answer made = specimens.post("/api/v1/specimens", sent);
        ASSERT_TRUE(made.status == 201 || made.errors() == "non_field_errors: unique" ||
                    made.errors() == "tag: conflict")
            << sent << made.body;
        if (made.status != 201) continue;
        ASSERT_EQ(specimens.get(made.header("Location")).body, made.body) << sent;
        // Without a change nothing is written: version and body stay.
        ASSERT_EQ(specimens.patch(made.header("Location"), made.body).body, made.body) << sent;
        ASSERT_EQ(specimens.patch(made.header("Location"), sent).body, made.body) << sent;
    }
    EXPECT_GT(specimens.get("/api/v1/specimens?limit=100").results("name").size(), 50u);
}

/// The values of the answer are the row's: another row made of it differs in nothing but what the engine gives.
TEST_F(RoundTrip, OfAnAnswerMakesTheSameRow) {
    for (int i = 0; i < 50; ++i) {
        const Answer made =
            make(fmt::format(R"("names":{},"extra":{},"density":{},"opens":{},"length":{})", value("names"),
                             value("extra"), value("density"), value("opens"), value("length")));
        ASSERT_EQ(made.status, 201) << made.body;
        const Answer again = specimens.post("/api/v1/specimens", made.body);
        ASSERT_EQ(again.status, 201) << again.body;
        db::Params params;
        params.add(made.get("id")).add(again.get("id"));
        const db::Rows rows = tests.run(
            "select distinct to_jsonb(s) - array['id', 'created_at', 'updated_at'] from shared.specimen s where id in "
            "($1::uuid, $2::uuid)",
            params);
        ASSERT_EQ(rows.size(), 1u) << made.body;
    }
}

}  // namespace
}  // namespace terrace::resource::testing
