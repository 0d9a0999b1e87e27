#include "platform/tenancy/data/archive_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace terrace::tenancy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece = std::size_t{1} << 18;
constexpr std::size_t longest_line = std::size_t{256} << 20;
constexpr std::int64_t largest_small_file = std::int64_t{4} << 20;

[[noreturn]] void fail(const fs::path& path, int fault = errno) {
    throw std::runtime_error(fmt::format("{}: {}", path.string(), std::generic_category().message(fault)));
}

FileHandle open_file(const fs::path& path, int flags, const char* mode) {
    const int descriptor = ::open(path.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) fail(path);
    FileHandle file(::fdopen(descriptor, mode));
    if (!file) fail(path);
    return file;
}

}  // namespace

/// A file that was there is taken away first: what it was a link to, or who may read it, is nobody's business then.
ArchiveWriter::ArchiveWriter(fs::path path) : path_(std::move(path)) {
    fs::remove(path_);
    file_ = open_file(path_, O_WRONLY | O_CREAT | O_EXCL, "w");
}

void ArchiveWriter::write(std::string_view data) {
    if (std::fwrite(data.data(), 1, data.size(), file_.get()) != data.size()) fail(path_);
    hash_.add(data);
    bytes_ += static_cast<std::int64_t>(data.size());
}

ArchiveFile ArchiveWriter::finish() {
    if (std::fflush(file_.get()) != 0 || ::fsync(::fileno(file_.get())) != 0) fail(path_);
    if (std::fclose(file_.release()) != 0) fail(path_);
    return {.bytes = bytes_, .sha256 = crypto::hex(hash_.finish())};
}

ArchiveReader::ArchiveReader(fs::path path) : path_(std::move(path)), file_(open_file(path_, O_RDONLY, "r")) {
    struct stat about{};
    if (::fstat(::fileno(file_.get()), &about) != 0) fail(path_);
    if (!S_ISREG(about.st_mode)) throw std::runtime_error(path_.string() + ": is no file");
}

bool ArchiveReader::fill() {
    std::array<char, piece> data;
    const std::size_t count = std::fread(data.data(), 1, data.size(), file_.get());
    if (count == 0 && std::ferror(file_.get()) != 0) fail(path_);
    hash_.add({data.data(), count});
    bytes_ += static_cast<std::int64_t>(count);
    buffer_.erase(0, std::exchange(at_, 0));
    buffer_.append(data.data(), count);
    return count > 0;
}

bool ArchiveReader::next_line(std::string& line) {
    for (std::size_t searched = at_;;) {
        const auto end = buffer_.find('\n', searched);
        if (end != std::string::npos) {
            line.assign(buffer_, at_, end - at_);
            at_ = end + 1;
            return true;
        }
        searched = buffer_.size() - at_;
        if (searched > longest_line) throw std::runtime_error(path_.string() + ": has a line that is too long");
        if (!fill()) break;
    }
    line.assign(buffer_, at_);
    at_ = buffer_.size();
    return !line.empty();
}

ArchiveFile ArchiveReader::finish() {
    return {.bytes = bytes_, .sha256 = crypto::hex(hash_.finish())};
}

ArchiveFile hash_file(const fs::path& path, const std::function<bool()>& cancelled) {
    const FileHandle file = open_file(path, O_RDONLY, "r");
    crypto::Sha256 hash;
    std::int64_t bytes = 0;
    std::array<char, piece> data;
    while (const std::size_t count = std::fread(data.data(), 1, data.size(), file.get())) {
        hash.add({data.data(), count});
        bytes += static_cast<std::int64_t>(count);
        if (cancelled && cancelled()) break;
    }
    if (std::ferror(file.get()) != 0) fail(path);
    return {.bytes = bytes, .sha256 = crypto::hex(hash.finish())};
}

std::string read_small_file(const fs::path& path) {
    const FileHandle file = open_file(path, O_RDONLY, "r");
    std::string text;
    std::array<char, piece> data;
    while (const std::size_t count = std::fread(data.data(), 1, data.size(), file.get())) {
        text.append(data.data(), count);
        if (std::cmp_greater(text.size(), largest_small_file))
            throw std::runtime_error(path.string() + ": is too large");
    }
    if (std::ferror(file.get()) != 0) fail(path);
    return text;
}

void write_small_file(const fs::path& path, std::string_view text) {
    const fs::path beside = path.string() + ".new";
    ArchiveWriter out(beside);
    out.write(text);
    out.finish();
    fs::rename(beside, path);
}

}  // namespace terrace::tenancy
