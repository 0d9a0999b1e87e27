#include "platform/base/environment_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace terrace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

EnvironmentFile read(std::string_view text) {
    const auto path = std::filesystem::temp_directory_path() / ("terrace-env-" + std::to_string(getpid()));
    std::ofstream(path) << text;
    EnvironmentFile file = read_environment_file(path);
    std::filesystem::remove(path);
    return file;
}

TEST(EnvironmentFile, ReadsAssignments) {
    const auto file = read("# a comment\n\nA=1\n export B = two words \r\nC=\"x = 'y'\"\nD='#'\nE=\nA=2");
    EXPECT_THAT(file.faults, IsEmpty());
    EXPECT_THAT(file.variables, ElementsAre(Pair("A", "2"), Pair("B", "two words"), Pair("C", "x = 'y'"),
                                            Pair("D", "#"), Pair("E", "")));
}

TEST(EnvironmentFile, NamesTheLineThatIsNoAssignment) {
    EXPECT_THAT(read("A=1\nnonsense\n").faults, ElementsAre(testing::HasSubstr("line 2")));
    EXPECT_THAT(read("a b=1\n").faults, ElementsAre(testing::HasSubstr("line 1")));
}

TEST(EnvironmentFile, IsEmptyWhenAbsent) {
    const auto file = read_environment_file("/nonexistent/.env");
    EXPECT_THAT(file.variables, IsEmpty());
    EXPECT_THAT(file.faults, IsEmpty());
}

}  // namespace
}  // namespace terrace
