// A line of the call protocol, from either side: what is understood is written so that it is understood alike again.
#include <string_view>

#include "check.h"
#include "media/protocol.h"

using namespace parley::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line{reinterpret_cast<const char*>(data), size};
    if (const auto message = decode_to_call(line)) {
        auto written = encode(*message);
        written.pop_back();
        const auto again = decode_to_call(written);
        check(again && encode(*again) == written + '\n');
    }
    if (const auto message = decode_from_call(line)) {
        auto written = encode(*message);
        written.pop_back();
        check(decode_from_call(written).has_value());
    }
    return 0;
}
