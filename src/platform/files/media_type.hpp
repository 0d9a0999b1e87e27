#pragma once

#include <memory>
#include <string>
#include <string_view>

struct magic_set;

namespace terrace::files {

/// Tells what bytes are by themselves, by libmagic: `image/png`, `application/pdf`, `application/octet-stream` for what
/// it does not know, and for a PNG, JPEG or WebP whose header cannot be read or announces more than most_pixels
/// (picture.hpp), as Pillow's `verify` and its limit do in Django REST Framework. What a client calls them is never
/// asked. One an event loop: a set of patterns is not shared between threads.
class MediaTypes {
  public:
    /// Throws std::runtime_error when the patterns (Debian's libmagic-mgc) cannot be read.
    MediaTypes();

    /// By the beginning of a file, its first chunk: libmagic looks at 64 KB of it.
    std::string of(std::string_view beginning) const;

  private:
    std::unique_ptr<magic_set, void (*)(magic_set*)> patterns_;
};

/// What a browser may show in place without a script or a form of the file's own acting: pictures of points alone.
/// Everything else, SVG and HTML first of all, is only ever saved.
bool may_stand_inline(std::string_view media_type);

}  // namespace terrace::files
