#include "platform/identity/device_name.hpp"

#include <gtest/gtest.h>

namespace terrace::identity {
namespace {

TEST(DeviceName, NamesBrowserAndSystem) {
    constexpr std::pair<std::string_view, std::string_view> cases[] = {
        {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile "
         "Safari/537.36",
         "Chrome on Android"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 "
         "Safari/537.36 Edg/156.0.0.0",
         "Edge on Windows"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
         "Mobile/15E148 Safari/604.1",
         "Safari on iPhone"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "CriOS/156.0.0.0 Mobile/15E148 Safari/604.1",
         "Chrome on iPhone"},
        {"Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 "
         "Mobile/15E148 Safari/605.1.15",
         "Firefox on iPad"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
         "Safari/605.1.15",
         "Safari on Mac"},
        {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"},
        {"Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 "
         "Chrome/125.0.0.0 Mobile Safari/537.36",
         "Samsung Internet on Android"},
        {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 "
         "Safari/537.36 OPR/110.0",
         "Opera on ChromeOS"},
        {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 "
         "Safari/537.36",
         "Headless Chrome on Linux"},
    };
    for (const auto& [user_agent, name] : cases) EXPECT_EQ(device_name(user_agent), name) << user_agent;
}

TEST(DeviceName, NamesAProgramByItsProduct) {
    EXPECT_EQ(device_name("curl/7.88.1"), "curl");
    EXPECT_EQ(device_name("python-requests/2.32.3"), "python-requests");
    EXPECT_EQ(device_name("Terrace.Desk/1.0 (desk)"), "Terrace.Desk");
}

TEST(DeviceName, SaysNothingOfWhatSaysNothing) {
    for (const std::string_view text : {"", "Mozilla/5.0", "<script>alert(1)</script>", "???", " curl"})
        EXPECT_EQ(device_name(text), "") << text;
    EXPECT_EQ(device_name("Mozilla/5.0 (Windows NT 10.0)"), "Windows");
    EXPECT_EQ(device_name("Mozilla/5.0 Firefox/140.0"), "Firefox");
}

TEST(DeviceName, IsShort) {
    EXPECT_EQ(device_name(std::string(300, 'a')).size(), 40U);
}

}  // namespace
}  // namespace terrace::identity
