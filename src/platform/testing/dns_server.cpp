#include "platform/testing/dns_server.hpp"

#include "platform/base/json.hpp"
#include "platform/base/uuid.hpp"
#include "platform/testing/source_dir.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <stdexcept>

namespace terrace::testing {

DnsServer::DnsServer() : folder_(std::filesystem::temp_directory_path() / ("terrace-dns-" + Uuid::v7().to_string())) {
    std::filesystem::create_directory(folder_);
    std::array<int, 2> out{};
    if (pipe(out.data()) != 0) throw std::runtime_error("no pipe for the DNS server");
    const std::string script = source_dir() / "tests/support/dns_server.py";
    process_ = fork();
    if (process_ == 0) {
        dup2(out[1], STDOUT_FILENO);
        close(out[0]);
        close(out[1]);
        execl("/usr/bin/python3", "python3", script.c_str(), "0", folder_.c_str(), nullptr);
        _exit(127);
    }
    close(out[1]);
    std::string line;
    for (char byte = 0; read(out[0], &byte, 1) == 1 && byte != '\n';) line += byte;
    close(out[0]);
    if (!line.starts_with("listening ")) throw std::runtime_error("the DNS server of the tests does not start");
    address_ = "127.0.0.1:" + line.substr(10);
}

DnsServer::~DnsServer() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void DnsServer::publish(const std::string& name, const std::vector<std::string>& texts) {
    std::string list;
    json::Writer writer(list);
    writer.begin_array();
    for (const auto& text : texts) writer.string(text);
    writer.end_array();
    if (texts.empty())
        std::filesystem::remove(folder_ / name);
    else
        write(name, list);
}

void DnsServer::break_name(const std::string& name, const std::string& how) {
    write(name, "\"" + how + "\"");
}

/// Renamed into its place, so that no question meets half a file.
void DnsServer::write(const std::string& name, const std::string& json) const {
    const auto next = folder_ / (name + ".next");
    {
        std::ofstream file(next);
        file << json;
    }
    std::filesystem::rename(next, folder_ / name);
}

}  // namespace terrace::testing
