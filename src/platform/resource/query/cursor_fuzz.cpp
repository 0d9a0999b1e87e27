/// A cursor opens to what was sealed, in its own list; nothing else opens.

#include "platform/resource/query/cursor.hpp"
#include "platform/testing/fuzz.hpp"

#include <string>

namespace terrace::resource {
namespace {

using fuzz::require;

const CursorSeal seal{"a secret of at least thirty-two characters"};

void check_foreign(std::string_view text) {
    require(!seal.open(text, "tenant/patients?ordering=name"), "nobody else makes a cursor");
}

void check_ours(FuzzedDataProvider& input) {
    const Cursor cursor{.backward = input.ConsumeBool(),
                        .values = {input.ConsumeRandomLengthString(100), input.ConsumeRandomLengthString(100)},
                        .id = "0190a0b0-0000-7000-8000-000000000001"};
    const std::string list = input.ConsumeRandomLengthString(100);
    const std::string other_list = input.ConsumeRandomLengthString(100);
    const std::string sealed = seal.seal(cursor, list);
    require(seal.open(sealed, list) == cursor, "a cursor opens to what was sealed");
    require(seal.seal(cursor, list) == sealed, "equal cursors are equal texts");
    if (other_list != list) require(!seal.open(sealed, other_list), "a cursor opens in its own list only");
    const std::string changed = fuzz::edited(sealed, input);
    if (changed != sealed) require(!seal.open(changed, list), "a changed cursor does not open");
}

}  // namespace
}  // namespace terrace::resource

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider input(data, size);
    terrace::resource::check_foreign(terrace::fuzz::text_of(data, size));
    terrace::resource::check_ours(input);
    return 0;
}
