// A browser's answer and its candidates: whatever comes, webrtcbin gets a text of lines that we wrote.
#include <string_view>

#include "check.h"
#include "peer/candidate.h"
#include "peer/session_description.h"

using namespace parley::peer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto facts = read_browser_answer(text)) {
        check(facts->candidates.size() <= most_remote_candidates);
        const auto own = read_own_offer(write_own_answer(*facts));
        check(own && own->fingerprint == facts->fingerprint && own->ice_pwd == facts->ice_pwd);
        check(own->candidates == facts->candidates);
    }
    if (const auto candidate = read_candidate(text)) {
        const auto line = write_candidate(*candidate);
        check(line.find_first_of("\r\n") == std::string::npos);
        check(read_candidate(line).has_value());
    }
    return 0;
}
