#include "platform/resource/values/value.hpp"

#include "platform/resource/values/array.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace terrace::resource {
namespace {

using namespace std::chrono;

/// Reads fixed-width digits and literals from the front of a text.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    bool number(std::size_t width, int& value) {
        if (text_.size() < width) return false;
        for (std::size_t i = 0; i < width; ++i)
            if (text_[i] < '0' || text_[i] > '9') return false;
        const auto digits = text_.substr(0, width);
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        text_.remove_prefix(width);
        return true;
    }
    bool literal(char c) {
        if (text_.empty() || text_.front() != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    bool one_of(std::string_view characters, char& found) {
        if (text_.empty() || !characters.contains(text_.front())) return false;
        found = text_.front();
        text_.remove_prefix(1);
        return true;
    }
    bool next_is_digit() const { return !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; }
    bool done() const { return text_.empty(); }

  private:
    std::string_view text_;
};

bool scan_date(Scanner& scanner, Date& date) {
    int y = 0, m = 0, d = 0;
    if (!scanner.number(4, y) || !scanner.literal('-') || !scanner.number(2, m) || !scanner.literal('-') ||
        !scanner.number(2, d))
        return false;
    date = Date(year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d)));
    return y >= 1 && date.ok();
}

bool scan_time(Scanner& scanner, std::int64_t& microseconds) {
    int h = 0, m = 0, s = 0;
    if (!scanner.number(2, h) || !scanner.literal(':') || !scanner.number(2, m) || h > 23 || m > 59) return false;
    const bool seconds = scanner.literal(':');
    if (seconds && (!scanner.number(2, s) || s > 59)) return false;
    std::int64_t fraction = 0;
    if (seconds && scanner.literal('.')) {
        if (!scanner.next_is_digit()) return false;
        std::int64_t unit = 100'000;
        for (int digit = 0; scanner.next_is_digit(); unit /= 10) {
            scanner.number(1, digit);
            fraction += digit * unit;
        }
    }
    microseconds = ((std::int64_t{h} * 60 + m) * 60 + s) * 1'000'000 + fraction;
    return true;
}

/// `Z`, `+05:30`, or PostgreSQL's `+05` and `+05:30`.
bool scan_zone(Scanner& scanner, std::int64_t& offset_minutes) {
    offset_minutes = 0;
    if (scanner.literal('Z') || scanner.literal('z')) return true;
    char sign = '+';
    int h = 0, m = 0;
    if (!scanner.one_of("+-", sign) || !scanner.number(2, h) || h > 23) return false;
    if (scanner.literal(':') && (!scanner.number(2, m) || m > 59)) return false;
    offset_minutes = (sign == '-' ? -1 : 1) * (std::int64_t{h} * 60 + m);
    return true;
}

[[noreturn]] void malformed(std::string_view text) {
    throw std::logic_error(fmt::format("a column holds `{}`, which its declared type cannot be", text));
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    Scanner scanner(text);
    Date date{};
    if (!scan_date(scanner, date) || !scanner.done()) return {};
    return date;
}

std::string format_date(Date date) {
    std::string text = "0000-00-00";
    const auto put = [&](std::size_t end, unsigned number) {
        for (; number != 0; number /= 10) text[--end] = static_cast<char>('0' + number % 10);
    };
    put(4, static_cast<unsigned>(static_cast<int>(date.year())));
    put(7, static_cast<unsigned>(date.month()));
    put(10, static_cast<unsigned>(date.day()));
    return text;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
    Scanner scanner(text);
    Date date{};
    char separator = 'T';
    std::int64_t time = 0, offset = 0;
    if (!scan_date(scanner, date) || !scanner.one_of("Tt ", separator) || !scan_time(scanner, time) ||
        !scan_zone(scanner, offset) || !scanner.done())
        return {};
    const std::int64_t days = sys_days(date).time_since_epoch().count();
    return Timestamp{(days * 86'400 - offset * 60) * 1'000'000 + time};
}

std::string format_timestamp(Timestamp timestamp) {
    const sys_time<microseconds> instant{microseconds(timestamp.microseconds)};
    const auto midnight = floor<days>(instant);
    const hh_mm_ss time(instant - midnight);
    return fmt::format("{}T{:02}:{:02}:{:02}.{:06}Z", format_date(Date(midnight)), time.hours().count(),
                       time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

std::optional<TimeOfDay> parse_time(std::string_view text) {
    Scanner scanner(text);
    TimeOfDay time;
    if (!scan_time(scanner, time.microseconds) || !scanner.done()) return {};
    return time;
}

std::string format_time(TimeOfDay time) {
    const hh_mm_ss parts(microseconds(time.microseconds));
    std::string text =
        fmt::format("{:02}:{:02}:{:02}", parts.hours().count(), parts.minutes().count(), parts.seconds().count());
    if (parts.subseconds().count() == 0) return text;
    text += fmt::format(".{:06}", parts.subseconds().count());
    text.resize(text.find_last_not_of('0') + 1);
    return text;
}

std::string_view timestamp_from_row(std::string_view text, std::array<char, 27>& buffer) {
    constexpr std::string_view front = "0000-00-00 00:00:00";
    constexpr std::string_view zone = "+00";
    if (text.size() < front.size() + zone.size() || text[10] != ' ' || !text.ends_with(zone)) return {};
    const auto fraction = text.substr(front.size(), text.size() - front.size() - zone.size());
    if (fraction.size() > 7 || (!fraction.empty() && fraction.front() != '.')) return {};
    std::ranges::copy(std::string_view("0000-00-00T00:00:00.000000Z"), buffer.begin());
    std::ranges::copy(text.substr(0, 10), buffer.begin());
    std::ranges::copy(text.substr(11, 8), buffer.begin() + 11);
    std::ranges::copy(fraction, buffer.begin() + 19);
    return {buffer.data(), buffer.size()};
}

Value value_from_row(Type type, const db::Rows& rows, std::size_t row, std::size_t column, int scale) {
    if (rows.is_null(row, column)) return {};
    const std::string_view text = rows.text(row, column);
    switch (type) {
        case Type::text:
            return std::string(text);
        case Type::integer:
            return rows.integer(row, column);
        case Type::boolean:
            return rows.boolean(row, column);
        case Type::uuid:
            return rows.uuid(row, column);
        case Type::date:
            if (const auto date = parse_date(text)) return *date;
            break;
        case Type::timestamp:
            if (const auto timestamp = parse_timestamp(text)) return *timestamp;
            break;
        case Type::time:
            if (const auto time = parse_time(text)) return *time;
            break;
        case Type::duration:
            return Duration{rows.integer(row, column)};
        case Type::decimal:
            return Scaled{rows.integer(row, column), scale};
        case Type::texts:
            return text_elements(text);
        case Type::integers:
            return integer_elements(text);
        case Type::json:
            return Json{std::string(text)};
        case Type::file:
            if (text.size() < file_text_begin.size()) break;
            if (const auto id = Uuid::parse(text.substr(file_text_begin.size(), 36))) return File{*id};
            break;
    }
    malformed(text);
}

void bind_value(const Value& value, db::Params& params) {
    struct Binder {
        db::Params& params;
        void operator()(std::monostate) const { params.add_null(); }
        void operator()(const std::string& text) const { params.add(text); }
        void operator()(std::int64_t number) const { params.add(number); }
        void operator()(bool flag) const { params.add(flag); }
        void operator()(const Uuid& id) const { params.add(id); }
        void operator()(Date date) const { params.add(format_date(date)); }
        void operator()(Timestamp timestamp) const { params.add(format_timestamp(timestamp)); }
        void operator()(TimeOfDay time) const { params.add(format_time(time)); }
        void operator()(Duration duration) const { params.add(duration.seconds); }
        void operator()(Scaled number) const { params.add(number.units); }
        void operator()(const std::vector<std::string>& texts) const { params.add(array_text(texts)); }
        void operator()(const std::vector<std::int64_t>& numbers) const { params.add(array_text(numbers)); }
        void operator()(const Json& json) const { params.add(json.text); }
        void operator()(File file) const { params.add(file.id); }
    };
    std::visit(Binder{params}, value);
}

}  // namespace terrace::resource
