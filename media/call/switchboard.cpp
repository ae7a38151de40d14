#include "call/switchboard.h"

#include <algorithm>

#include "transport/packet_kind.h"

namespace parley::call {
namespace {

rtp::Time now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::steady_clock::now());
}

}  // namespace

/// Opens one connection's packets on its receiving thread, before the switchboard's lock is taken.
class Switchboard::Inlet : public transport::WireIn {
public:
    Inlet(Switchboard& board, rtp::PeerName name, transport::SrtpInbound open)
        : board_{board}, name_{name}, open_{std::move(open)} {}

    void receive(std::span<std::uint8_t> packet) override {
        const bool rtcp = transport::kind_of(packet) == transport::PacketKind::rtcp;
        const auto plain = rtcp ? open_.unprotect_rtcp(packet) : open_.unprotect_rtp(packet);
        if (plain.empty()) return;
        const std::lock_guard lock{board_.mutex_};
        if (rtcp) {
            board_.room_.receive_rtcp(name_, plain, now(), board_);
        } else {
            board_.room_.receive_rtp(name_, plain, now(), board_);
        }
    }

private:
    Switchboard& board_;
    rtp::PeerName name_;
    transport::SrtpInbound open_;
};

std::shared_ptr<transport::WireIn> Switchboard::plug_in(rtp::PeerName name, transport::SrtpInbound open,
                                                        transport::SrtpOutbound seal,
                                                        std::shared_ptr<transport::WireOut> wire) {
    auto inlet = std::make_shared<Inlet>(*this, name, std::move(open));
    const std::lock_guard lock{mutex_};
    lines_.push_back({name, std::move(seal), std::move(wire)});
    room_.open(name, now(), *this);
    return inlet;
}

void Switchboard::unplug(rtp::PeerName name) {
    const std::lock_guard lock{mutex_};
    if (line_of(name) == nullptr) return;
    room_.close(name, now(), *this);
    std::erase_if(lines_, [&](const Line& line) { return line.name == name; });
}

void Switchboard::tick() {
    const std::lock_guard lock{mutex_};
    room_.tick(now(), *this);
}

std::chrono::milliseconds Switchboard::until_tick() {
    const std::lock_guard lock{mutex_};
    return std::chrono::ceil<std::chrono::milliseconds>(room_.next_deadline() - now());
}

rtp::SeatReport Switchboard::report(int seat) {
    const std::lock_guard lock{mutex_};
    return room_.report(seat);
}

Switchboard::Line* Switchboard::line_of(rtp::PeerName name) {
    const auto line = std::ranges::find(lines_, name, &Line::name);
    return line == lines_.end() ? nullptr : &*line;
}

void Switchboard::send_rtp(rtp::PeerName to, std::span<std::uint8_t> packet) {
    auto* line = line_of(to);
    if (line == nullptr) return;
    if (const auto sealed = line->seal.protect_rtp(packet); !sealed.empty()) line->wire->send(sealed);
}

void Switchboard::send_rtcp(rtp::PeerName to, std::span<std::uint8_t> packet) {
    auto* line = line_of(to);
    if (line == nullptr) return;
    if (const auto sealed = line->seal.protect_rtcp(packet); !sealed.empty()) line->wire->send(sealed);
}

}  // namespace parley::call
