#include "platform/testing/exchanges.hpp"

#include "platform/base/json.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <stdexcept>

namespace terrace::testing {
namespace {

/// The document in the first line, an exchange in each of the others.
class File final : public Exchanges {
  public:
    File(const std::string& path, std::string document) : file_(path) {
        if (!file_) throw std::runtime_error("cannot write " + path);
        std::ranges::replace(document, '\n', ' ');  // in JSON it parts words, and is never one's own
        file_ << document << '\n';
    }

    void add(std::string_view method, std::string_view target, int status, std::string_view content_type,
             std::string_view body) override {
        std::string line;
        json::Writer out(line);
        out.begin_object().member("method", method).member("target", target).member("status", status);
        out.member("content_type", content_type).member("body", body).end_object();
        const std::lock_guard lock(mutex_);
        file_ << line << '\n' << std::flush;
    }

  private:
    std::mutex mutex_;
    std::ofstream file_;
};

}  // namespace

std::shared_ptr<Exchanges> Exchanges::of(const std::function<std::string()>& document) {
    const char* const folder = std::getenv("TERRACE_EXCHANGES");
    if (!folder || !*folder) return nullptr;
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<Exchanges>> files;
    const std::string text = document();
    const std::lock_guard lock(mutex);
    auto& file = files[text];
    if (!file) file = std::make_shared<File>(fmt::format("{}/{}-{}.jsonl", folder, ::getpid(), files.size()), text);
    return file;
}

}  // namespace terrace::testing
