#include "platform/base/secret_reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace terrace {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(SecretReference, LeadsToAVariable) {
    ::setenv("TERRACE_TEST_REFERENCE", "postgresql://east", 1);
    EXPECT_EQ(read_secret_reference("env:TERRACE_TEST_REFERENCE"), "postgresql://east");
    ::unsetenv("TERRACE_TEST_REFERENCE");
    EXPECT_THAT([] { read_secret_reference("env:TERRACE_TEST_REFERENCE"); },
                ThrowsMessage<std::runtime_error>("TERRACE_TEST_REFERENCE is not set"));
}

TEST(SecretReference, LeadsToTheFirstLineOfAFile) {
    const auto path = std::filesystem::temp_directory_path() / "terrace_secret_reference";
    std::ofstream(path) << "postgresql://east\r\nmore\n";
    EXPECT_EQ(read_secret_reference("file:" + path.string()), "postgresql://east");
    std::filesystem::remove(path);
    EXPECT_THAT([&] { read_secret_reference("file:" + path.string()); },
                ThrowsMessage<std::runtime_error>(HasSubstr("cannot read ")));
}

TEST(SecretReference, IsNothingElse) {
    EXPECT_THROW(read_secret_reference("postgresql://east"), std::runtime_error);
}

}  // namespace
}  // namespace terrace
