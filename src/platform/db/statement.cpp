#include "platform/db/statement.hpp"

#include "platform/base/mutant.hpp"
#include "platform/db/shape_registry.hpp"
#include "platform/db/sql_text.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace terrace::db {
namespace {

constexpr std::string_view tenant_mark = "{tenant}";

/// `$1` … `$99`, made when the program is compiled.
struct Placeholders {
    std::array<char, 300> text{};
    constexpr Placeholders() {
        for (std::size_t number = 1; number < 100; ++number) {
            char* out = text.data() + number * 3;
            *out++ = '$';
            if (number >= 10) *out++ = static_cast<char>('0' + number / 10);
            *out = static_cast<char>('0' + number % 10);
        }
    }
};

constexpr Placeholders placeholders;

template <std::size_t Number>
consteval Fragment placeholder_fragment() {
    return Fragment(std::string_view(placeholders.text.data() + Number * 3, Number < 10 ? 2 : 3));
}

template <std::size_t... Numbers>
consteval std::array<Fragment, sizeof...(Numbers)> placeholder_fragments(std::index_sequence<Numbers...>) {
    return {placeholder_fragment<Numbers + 1>()...};
}

constexpr std::array placeholder_table = placeholder_fragments(std::make_index_sequence<99>());

}  // namespace

Fragment placeholder(std::size_t number) {
    if (number < 1 || number > placeholder_table.size()) throw std::out_of_range("placeholder number");
    return placeholder_table[number - 1];
}

ShapeRegistry& ShapeRegistry::instance() {
    static ShapeRegistry registry;
    return registry;
}

const Shape& ShapeRegistry::intern(std::string text, bool checked) {
    // Before the look-up: a text that the data layer made for itself is refused to others all the same.
    if (checked) {
        if (const auto reason = reason_against_sharing(text)) {
            throw std::logic_error("statement refused on shared connections, " + *reason + ": " + text);
        }
    }
    text = mutated(std::move(text));
    const std::lock_guard lock(mutex_);
    if (const auto found = shapes_.find(text); found != shapes_.end()) return *found->second;
    std::unique_ptr<Shape> made(new Shape(text, static_cast<std::uint32_t>(shapes_.size())));
    return *shapes_.emplace(std::move(text), std::move(made)).first->second;
}

Shape::Shape(std::string text, std::uint32_t id)
    : text_(std::move(text)), id_(id), of_tenant_(text_.find(tenant_mark) != std::string::npos) {}

std::string Shape::render(std::string_view schema) const {
    note_statement(text_);
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = text_.find(tenant_mark); at != std::string::npos; at = text_.find(tenant_mark, from)) {
        out.append(text_, from, at - from).append(schema);
        from = at + tenant_mark.size();
    }
    return out.append(text_, from);
}

const Shape& shape(std::span<const Fragment> fragments) {
    std::string text;
    for (const Fragment& fragment : fragments) text += fragment.text();
    return ShapeRegistry::instance().intern(std::move(text), true);
}

const Shape& shape(std::initializer_list<Fragment> fragments) {
    return shape(std::span(fragments.begin(), fragments.size()));
}

const Shape& shape(Fragment text) {
    return shape(std::span(&text, 1));
}

const Shape& lane_shape(Fragment text) {
    return ShapeRegistry::instance().intern(std::string(text.text()), false);
}

Params& Params::add(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) throw std::invalid_argument("a text parameter holds a NUL");
    offsets_.push_back(static_cast<std::uint32_t>(buffer_.size()));
    buffer_.append(text).push_back('\0');
    return *this;
}

Params& Params::add(const Uuid& id) {
    std::array<char, 36> text;
    id.write(text.data());
    return add(std::string_view(text.data(), text.size()));
}

Params& Params::add(std::int64_t number) {
    std::array<char, 24> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return add(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
}

Params& Params::add(bool value) {
    return add(std::string_view(value ? "t" : "f"));
}

Params& Params::add_bytes(std::string_view bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    offsets_.push_back(static_cast<std::uint32_t>(buffer_.size()));
    buffer_ += "\\x";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        buffer_ += digits[byte >> 4];
        buffer_ += digits[byte & 15];
    }
    buffer_.push_back('\0');
    return *this;
}

Params& Params::add_null() {
    offsets_.push_back(null_offset);
    return *this;
}

const char* Params::text(std::size_t index) const {
    const std::uint32_t offset = offsets_.at(index);
    return offset == null_offset ? nullptr : buffer_.data() + offset;
}

}  // namespace terrace::db
