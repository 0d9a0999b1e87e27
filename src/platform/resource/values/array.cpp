#include "platform/resource/values/array.hpp"

#include "platform/base/json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <stdexcept>

namespace terrace::resource {
namespace {

/// Walks over the elements of an array's text.
class Elements {
  public:
    explicit Elements(std::string_view array) : whole_(array) {
        if (!array.starts_with('{') || !array.ends_with('}') || array.size() < 2) malformed();
        rest_ = array.substr(1, array.size() - 2);
        more_ = !rest_.empty();
    }

    /// The next element, good until the one after it; false at the end.
    bool next(std::string_view& element) {
        if (!more_) return false;
        element = rest_.starts_with('"') ? quoted() : plain();
        more_ = rest_.starts_with(',');
        if (more_)
            rest_.remove_prefix(1);
        else if (!rest_.empty())
            malformed();
        return true;
    }

  private:
    std::string_view plain() {
        const auto element = rest_.substr(0, rest_.find(','));
        if (element.empty() || element == "NULL" || element.find_first_of("{}\"\\") != element.npos) malformed();
        rest_.remove_prefix(element.size());
        return element;
    }
    std::string_view quoted() {
        unescaped_.clear();
        for (rest_.remove_prefix(1); !rest_.empty() && rest_.front() != '"'; rest_.remove_prefix(1)) {
            if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
            unescaped_ += rest_.front();
        }
        if (rest_.empty()) malformed();
        rest_.remove_prefix(1);
        return unescaped_;
    }
    [[noreturn]] void malformed() const {
        throw std::logic_error(fmt::format("a column holds `{}`, which is no list without nulls", whole_));
    }

    std::string_view whole_, rest_;
    bool more_ = false;
    std::string unescaped_;
};

}  // namespace

std::string array_text(const std::vector<std::string>& elements) {
    std::string text = "{";
    for (const std::string& element : elements) {
        text += text.size() == 1 ? "\"" : ",\"";
        for (const char c : element) {
            if (c == '"' || c == '\\') text += '\\';
            text += c;
        }
        text += '"';
    }
    text += '}';
    return text;
}

std::string array_text(const std::vector<std::int64_t>& elements) {
    return fmt::format("{{{}}}", fmt::join(elements, ","));
}

std::vector<std::string> text_elements(std::string_view array) {
    std::vector<std::string> found;
    Elements elements(array);
    for (std::string_view element; elements.next(element);) found.emplace_back(element);
    return found;
}

std::vector<std::int64_t> integer_elements(std::string_view array) {
    std::vector<std::int64_t> found;
    Elements elements(array);
    for (std::string_view element; elements.next(element);) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(element.data(), element.data() + element.size(), number);
        if (error != std::errc() || end != element.data() + element.size())
            throw std::logic_error(fmt::format("a list of integers holds `{}`", element));
        found.push_back(number);
    }
    return found;
}

void append_json_texts(std::string& out, std::string_view array) {
    out += '[';
    Elements elements(array);
    bool first = true;
    for (std::string_view element; elements.next(element); first = false) {
        if (!first) out += ',';
        json::append_string(out, element);
    }
    out += ']';
}

void append_json_integers(std::string& out, std::string_view array) {
    if (array.size() < 2) throw std::logic_error("a list of integers is no array");
    out += '[';
    out += array.substr(1, array.size() - 2);
    out += ']';
}

}  // namespace terrace::resource
