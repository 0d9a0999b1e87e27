#include "platform/base/log.hpp"

#include "platform/base/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <future>
#include <string>

namespace terrace::log {
namespace {

using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

/// What reaches standard error; a warning goes out at once.
template <class Write>
std::string captured(bool json, Write write) {
    start(Level::info, json);
    CaptureStderr();
    write();
    return GetCapturedStderr();
}

TEST(Log, WritesOneJsonObjectALine) {
    const std::string text = captured(true, [] {
        info("request", {{"path", "/api"}, {"status", 200}, {"ok", true}});
        warning("slow");
    });
    ASSERT_EQ(std::ranges::count(text, '\n'), 2);
    const auto line = json::Document::parse(text.substr(0, text.find('\n')));
    ASSERT_TRUE(line.has_value()) << text;
    EXPECT_EQ(line->root().find("level")->as_string(), "info");
    EXPECT_EQ(line->root().find("event")->as_string(), "request");
    EXPECT_EQ(line->root().find("path")->as_string(), "/api");
    EXPECT_EQ(line->root().find("status")->as_integer(), 200);
    EXPECT_EQ(line->root().find("ok")->as_bool(), true);
    EXPECT_EQ(line->root().find("time")->as_string()->size(), std::string_view("2026-11-23T04:30:00.123Z").size());
}

TEST(Log, NoValueCanForgeALine) {
    for (const bool json : {true, false}) {
        const std::string text =
            captured(json, [] { warning("a\nb", {{"path", "x\"}\n{\"level\":\"error\"}\r\n\x1b[31m"}}); });
        EXPECT_EQ(std::ranges::count(text, '\n'), 1) << text;
        EXPECT_EQ(text.find('\x1b'), text.npos);
        EXPECT_EQ(text.find('\r'), text.npos);
    }
}

TEST(Log, StaysUtf8WhateverTheBytes) {
    const std::string text = captured(true, [] { warning("bytes", {{"value", "\xff\xfe ok"}}); });
    EXPECT_THAT(json::Document::parse(text)->root().find("value")->as_string(),
                testing::Optional(std::string("?? ok")));
}

TEST(Log, GoesOnWhenItsReaderHasGone) {
    start(Level::info, true);
    const int before = dup(STDERR_FILENO);
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    close(ends[0]);
    dup2(ends[1], STDERR_FILENO);
    error("nobody reads this");
    dup2(before, STDERR_FILENO);
    close(before);
    close(ends[1]);
    EXPECT_NE(captured(true, [] { error("told again"); }).find("told again"), std::string::npos);
}

/// What comes until nothing has come for a while.
std::string read_until_still(int from) {
    std::string text;
    std::array<char, 65536> piece;
    pollfd in{.fd = from, .events = POLLIN, .revents = 0};
    while (poll(&in, 1, 3'000) > 0) {
        const ssize_t size = ::read(from, piece.data(), piece.size());
        if (size <= 0) break;
        text.append(piece.data(), static_cast<std::size_t>(size));
    }
    return text;
}

TEST(Log, WaitsForNoReaderThatStallsAndSaysWhatItDropped) {
    start(Level::info, true);
    const int before = dup(STDERR_FILENO);
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    auto told = std::async(std::launch::async, [] {
        const std::string padding(1'000, 'x');
        for (int line = 0; line < 10'000; ++line) info("much", {{"padding", padding}});
        error("too much");
    });
    const bool waited = told.wait_for(std::chrono::seconds(30)) != std::future_status::ready;
    const std::string text = read_until_still(ends[0]);
    dup2(before, STDERR_FILENO);
    close(before);
    close(ends[0]);
    close(ends[1]);
    EXPECT_FALSE(waited);
    const auto lines = std::ranges::count(text, '\n');
    EXPECT_GT(lines, 7'000);
    const auto dropped = text.find("log_lines_dropped");
    ASSERT_NE(dropped, text.npos);
    EXPECT_NE(text.find("\"lines\":" + std::to_string(10'001 - (lines - 1))), text.npos) << text.substr(dropped);
}

TEST(Log, LeavesOutWhatIsBelowTheLevel) {
    EXPECT_EQ(captured(true, [] { debug("detail"); }), "");
    const std::string text = captured(true, [] {
        start(Level::error, true);
        warning("not told");
        error("told");
    });
    EXPECT_EQ(text.find("not told"), text.npos);
    EXPECT_NE(text.find("told"), text.npos);
}

}  // namespace
}  // namespace terrace::log
