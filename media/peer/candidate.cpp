#include "peer/candidate.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace parley::peer {
namespace {

constexpr std::size_t longest_candidate = 1024;

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    while (!line.empty()) {
        const auto space = line.find(' ');
        if (space != 0) words.push_back(line.substr(0, space));
        if (space == std::string_view::npos) break;
        line.remove_prefix(space + 1);
    }
    return words;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

std::string lower(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

int family_of(const std::string& address) {
    unsigned char bytes[16];
    if (inet_pton(AF_INET, address.c_str(), bytes) == 1) return AF_INET;
    if (inet_pton(AF_INET6, address.c_str(), bytes) == 1) return AF_INET6;
    return AF_UNSPEC;
}

bool printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 127; });
}

bool short_word(std::string_view text) {
    return !text.empty() && text.size() <= 32;
}

std::string value_after(const std::vector<std::string_view>& words, std::string_view name) {
    for (std::size_t i = 8; i + 1 < words.size(); i += 2) {
        if (words[i] == name) return lower(words[i + 1]);
    }
    return {};
}

}  // namespace

std::optional<IceCandidate> read_candidate(std::string_view line) {
    constexpr std::string_view prefix = "candidate:";
    if (line.size() > longest_candidate || !line.starts_with(prefix) || !printable(line)) return std::nullopt;
    const auto words = words_of(line.substr(prefix.size()));
    if (words.size() < 8 || words[6] != "typ") return std::nullopt;
    IceCandidate candidate;
    candidate.foundation = words[0];
    candidate.protocol = lower(words[2]);
    candidate.address = words[4];
    candidate.type = lower(words[7]);
    candidate.tcptype = value_after(words, "tcptype");
    const bool numbers = read_number(words[1], candidate.component) && read_number(words[3], candidate.priority) &&
                         read_number(words[5], candidate.port);
    const bool udp = candidate.protocol == "udp";
    const bool tcp = candidate.protocol == "tcp" && short_word(candidate.tcptype);
    if (!numbers || candidate.component != 1 || !(udp || tcp) || !short_word(candidate.foundation) ||
        !short_word(candidate.type) || family_of(candidate.address) == AF_UNSPEC) {
        return std::nullopt;
    }
    return candidate;
}

std::string write_candidate(const IceCandidate& c) {
    std::string line = "candidate:" + c.foundation + ' ' + std::to_string(c.component) + ' ' + c.protocol + ' ' +
                       std::to_string(c.priority) + ' ' + c.address + ' ' + std::to_string(c.port) + " typ " + c.type;
    if (c.type != "host") line += " raddr 0.0.0.0 rport 0";
    if (!c.tcptype.empty()) line += " tcptype " + c.tcptype;
    return line;
}

std::vector<std::string> candidates_to_offer(const std::vector<std::string>& local,
                                             const std::vector<std::string>& public_addresses) {
    std::vector<IceCandidate> shown;
    for (const auto& line : local) {
        const auto candidate = read_candidate(line);
        if (candidate && (candidate->protocol == "udp" || candidate->tcptype == "passive")) shown.push_back(*candidate);
    }
    const auto gathered = shown;
    for (std::size_t i = 0; i < public_addresses.size(); ++i) {
        for (const auto* protocol : {"udp", "tcp"}) {
            const auto model = std::ranges::find_if(gathered, [&](const IceCandidate& c) {
                return c.protocol == protocol && family_of(c.address) == family_of(public_addresses[i]);
            });
            if (model == gathered.end()) continue;
            auto copy = *model;
            copy.address = public_addresses[i];
            copy.foundation = "9" + std::to_string(i) + (copy.protocol == "udp" ? "1" : "2");
            copy.priority -= 256;  // one step of local preference below: somebody in the building takes the short way
            shown.push_back(copy);
        }
    }
    std::vector<std::string> lines;
    lines.reserve(shown.size());
    for (const auto& candidate : shown) lines.push_back(write_candidate(candidate));
    return lines;
}

}  // namespace parley::peer
