#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace parley {

/// What the calls of this box may use.
struct CallsSettings {
    std::string call_program;         ///< path of parley-call
    std::uint16_t first_port{40000};  ///< UDP and TCP; as many calls at a time as the range holds slices
    std::uint16_t last_port{40639};
    int ports_per_call{16};
    int spares{2};  ///< processes kept warm: when one appointment ends, many next ones begin
    std::vector<std::string> listen_addresses;  ///< empty: every address of the machine but loopback
    std::vector<std::string> public_addresses;  ///< what the internet sees in front of a NAT
    bool ice_tcp{true};
    std::uint32_t max_bitrate{1'500'000};  ///< what one camera may send at most, bit/s
};

}  // namespace parley
