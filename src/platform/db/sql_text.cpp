#include "platform/db/sql_text.hpp"

#include <algorithm>
#include <array>

namespace terrace::db {
namespace {

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) {
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '$';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

enum class TokenKind { word, other, semicolon, trivia };

struct Token {
    TokenKind kind;
    std::size_t begin;
    std::size_t end;
};

/// Reads one token after the other. Text that ends inside a string or comment ends there: PostgreSQL refuses it.
class Lexer {
  public:
    explicit Lexer(std::string_view sql) : sql_(sql) {}

    std::optional<Token> next() {
        if (at_ >= sql_.size()) return std::nullopt;
        const std::size_t begin = at_;
        const TokenKind kind = take();
        return Token{kind, begin, at_};
    }

  private:
    TokenKind take() {
        const char c = sql_[at_];
        const char after = at_ + 1 < sql_.size() ? sql_[at_ + 1] : '\0';
        if (is_blank(c)) return take_blanks();
        if (c == '-' && after == '-') return take_line_comment();
        if (c == '/' && after == '*') return take_block_comment();
        if (c == '\'') return take_quoted('\'', false);
        if (c == '"') return take_quoted('"', false);
        if (c == '$' && take_dollar_quoted()) return TokenKind::other;
        if (is_name_start(c)) return take_word();
        ++at_;
        return c == ';' ? TokenKind::semicolon : TokenKind::other;
    }

    TokenKind take_blanks() {
        while (at_ < sql_.size() && is_blank(sql_[at_])) ++at_;
        return TokenKind::trivia;
    }

    TokenKind take_line_comment() {
        at_ = std::min(sql_.find('\n', at_), sql_.size());
        return TokenKind::trivia;
    }

    TokenKind take_block_comment() {  // they nest (manual §4.1.5)
        std::size_t depth = 0;
        while (at_ < sql_.size()) {
            const std::string_view pair = sql_.substr(at_, 2);
            if (pair == "/*") {
                ++depth;
                at_ += 2;
            } else if (pair == "*/") {
                at_ += 2;
                if (--depth == 0) break;
            } else {
                ++at_;
            }
        }
        return TokenKind::trivia;
    }

    TokenKind take_quoted(char quote, bool backslash_escapes) {
        ++at_;
        while (at_ < sql_.size()) {
            if (backslash_escapes && sql_[at_] == '\\') {
                at_ = std::min(at_ + 2, sql_.size());
            } else if (sql_[at_++] == quote) {
                if (at_ >= sql_.size() || sql_[at_] != quote) break;
                ++at_;
            }
        }
        return TokenKind::other;
    }

    bool take_dollar_quoted() {
        std::size_t end = at_ + 1;
        if (end < sql_.size() && is_name_start(sql_[end])) {
            while (end < sql_.size() && is_name_part(sql_[end]) && sql_[end] != '$') ++end;
        }
        if (end >= sql_.size() || sql_[end] != '$') return false;
        const std::string_view tag = sql_.substr(at_, end + 1 - at_);
        const std::size_t close = sql_.find(tag, end + 1);
        at_ = close == std::string_view::npos ? sql_.size() : close + tag.size();
        return true;
    }

    TokenKind take_word() {
        const std::size_t begin = at_;
        while (at_ < sql_.size() && is_name_part(sql_[at_])) ++at_;
        const bool prefix = at_ - begin == 1 && at_ < sql_.size() && sql_[at_] == '\'';
        if (prefix && (sql_[begin] == 'e' || sql_[begin] == 'E')) return take_quoted('\'', true);
        return TokenKind::word;
    }

    std::string_view sql_;
    std::size_t at_ = 0;
};

constexpr auto words_never_shared = std::to_array<std::string_view>(
    {"set_config", "pg_advisory_lock", "pg_advisory_lock_shared", "pg_try_advisory_lock", "pg_try_advisory_lock_shared",
     "dblink", "temp", "temporary", "pg_temp"});

/// The first words of a unit's statements. Everything else is DDL, transaction control or session state.
constexpr auto first_words_shared =
    std::to_array<std::string_view>({"select", "insert", "update", "delete", "with", "values", "merge"});

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::vector<std::string> bare_words(std::string_view sql) {
    std::vector<std::string> words;
    Lexer lexer(sql);
    while (const auto token = lexer.next()) {
        if (token->kind == TokenKind::word) words.push_back(lower(sql.substr(token->begin, token->end - token->begin)));
        if (token->kind == TokenKind::semicolon) words.emplace_back(";");
    }
    return words;
}

std::optional<std::string> reason_against_sharing(std::string_view sql) {
    const std::vector<std::string> words = bare_words(sql);
    if (words.empty()) return "it is empty";
    if (!contains(first_words_shared, words.front())) return "it starts with " + words.front();
    for (const std::string& word : words) {
        if (word == ";") return "it holds more than one statement";
        if (contains(words_never_shared, word)) return "it uses " + word;
    }
    // A quoted name calls a function as well as a bare one.
    const std::string folded = lower(sql);
    for (const std::string_view word : words_never_shared) {
        if (folded.find('"' + std::string(word) + '"') != std::string::npos) return "it uses " + std::string(word);
    }
    return std::nullopt;
}

std::vector<ScriptStatement> split_script(std::string_view script) {
    std::vector<ScriptStatement> statements;
    std::optional<std::size_t> begin;
    std::size_t line = 1;
    std::size_t begin_line = 1;
    Lexer lexer(script);
    while (const auto token = lexer.next()) {
        if (token->kind == TokenKind::semicolon) {
            if (begin) statements.push_back({std::string(script.substr(*begin, token->begin - *begin)), begin_line});
            begin.reset();
        } else if (token->kind != TokenKind::trivia && !begin) {
            begin = token->begin;
            begin_line = line;
        }
        const std::string_view text = script.substr(token->begin, token->end - token->begin);
        line += static_cast<std::size_t>(std::ranges::count(text, '\n'));
    }
    if (begin) statements.push_back({std::string(script.substr(*begin)), begin_line});
    return statements;
}

}  // namespace terrace::db
