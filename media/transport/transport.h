#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

/// How protected packets reach a browser and how a browser's packets reach us. Two kinds are interchangeable behind
/// these interfaces: the tap on webrtcbin's own socket (peer/), and UDP sockets of our own.
namespace parley::transport {

/// The largest packet that is taken from or put on the wire; longer ones are dropped.
inline constexpr std::size_t longest_packet = 2048;
/// Room that must be writable after a packet for what protecting it appends (SRTP tag, SRTCP index).
inline constexpr std::size_t tail_room = 64;

/// Puts packets on the wire. Never blocks; a packet that cannot go now is dropped (the network drops packets too).
/// Called from any thread, one call at a time.
class WireOut {
public:
    virtual ~WireOut() = default;
    virtual void send(std::span<const std::uint8_t> packet) = 0;
};

/// Is handed every SRTP and SRTCP packet that came from the wire, on the thread that read it, one call at a time.
/// `packet` may be changed in place and `tail_room` bytes after it are writable; it is valid during the call only.
class WireIn {
public:
    virtual ~WireIn() = default;
    virtual void receive(std::span<std::uint8_t> packet) = 0;
};

}  // namespace parley::transport
