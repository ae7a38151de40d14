#include "media/protocol.h"

#include <boost/json.hpp>

#include "protocol/fields.h"

namespace parley::media {
namespace {

using protocol::Fields;
namespace json = boost::json;

// ---- names of the closed sets ------------------------------------------------------------------------------------

json::string_view name_of(LinkState state) {
    switch (state) {
        case LinkState::connected: return "connected";
        case LinkState::lost: return "lost";
        case LinkState::failed: return "failed";
    }
    return "";
}

json::string_view name_of(FailReason reason) {
    switch (reason) {
        case FailReason::none: return "none";
        case FailReason::fingerprint_mismatch: return "fingerprint_mismatch";
        case FailReason::sdp_invalid: return "sdp_invalid";
        case FailReason::no_route: return "no_route";
        case FailReason::internal: return "internal";
    }
    return "";
}

template <class Enum>
Enum value_named(Fields& fields, std::string_view field, std::initializer_list<Enum> values) {
    const auto text = fields.text(field);
    for (const Enum value : values) {
        if (name_of(value) == json::string_view{text}) return value;
    }
    fields.refuse();
    return {};
}

// ---- writing -----------------------------------------------------------------------------------------------------

json::object named(json::string_view type, const ConnectionName& name) {
    return {{"type", type}, {"seat", name.seat}, {"connection", name.connection}};
}

json::array strings(const std::vector<std::string>& values) {
    return json::array(values.begin(), values.end());
}

json::object write(const Configure& m) {
    return {{"type", "configure"},
            {"first_port", m.first_port},
            {"last_port", m.last_port},
            {"listen_addresses", strings(m.listen_addresses)},
            {"public_addresses", strings(m.public_addresses)},
            {"ice_tcp", m.ice_tcp},
            {"udp", m.udp},
            {"max_bitrate", m.max_bitrate}};
}
json::object write(const Connect& m) {
    return named("connect", m.name);
}
json::object write(const Answer& m) {
    auto object = named("answer", m.name);
    object["sdp"] = m.sdp;
    return object;
}
json::object write(const Candidate& m) {
    auto object = named("candidate", m.name);
    object["mline"] = m.mline;
    object["candidate"] = m.candidate;
    return object;
}
json::object write(const Disconnect& m) {
    return {{"type", "disconnect"}, {"seat", m.seat}};
}
json::object write(const Ready& m) {
    return {{"type", "ready"}, {"pid", m.pid}};
}
json::object write(const Unfit& m) {
    return {{"type", "unfit"}, {"sentence", m.sentence}};
}
json::object write(const Offer& m) {
    auto object = named("offer", m.name);
    object["sdp"] = m.sdp;
    return object;
}
json::object write(const Link& m) {
    auto object = named("link", m.name);
    object["state"] = name_of(m.state);
    object["reason"] = name_of(m.reason);
    return object;
}
json::object write(const Visible& m) {
    return named("visible", m.name);
}
json::object write(const SenderLimit& m) {
    return {{"type", "sender_limit"}, {"seat", m.seat}, {"max_bitrate", m.max_bitrate}};
}
json::object write(const Quality& m) {
    return {{"type", "quality"},
            {"seat", m.seat},
            {"received_bitrate", m.received_bitrate},
            {"sent_bitrate", m.sent_bitrate},
            {"uplink_loss", m.uplink_loss},
            {"downlink_loss", m.downlink_loss},
            {"round_trip_ms", m.round_trip_ms}};
}
json::object write(const Heartbeat&) {
    return {{"type", "heartbeat"}};
}

// ---- reading -----------------------------------------------------------------------------------------------------

ConnectionName name_in(Fields& fields) {
    return {.seat = fields.whole("seat", 0, seats_per_call - 1),
            .connection = fields.whole<std::uint32_t>("connection")};
}

int seat_in(Fields& fields) {
    return fields.whole("seat", 0, seats_per_call - 1);
}

/// A fraction 0..1.
double loss_in(Fields& fields, std::string_view field) {
    return fields.real(field, 0.0, 1.0);
}

std::optional<ToCall> to_call(std::string_view type, Fields& fields) {
    if (type == "configure") {
        Configure m;
        m.first_port = fields.whole<std::uint16_t>("first_port");
        m.last_port = fields.whole<std::uint16_t>("last_port");
        m.listen_addresses = fields.texts("listen_addresses");
        m.public_addresses = fields.texts("public_addresses");
        m.ice_tcp = fields.flag("ice_tcp");
        m.udp = fields.flag("udp");
        m.max_bitrate = fields.whole<std::uint32_t>("max_bitrate");
        return m;
    }
    if (type == "connect") return Connect{name_in(fields)};
    if (type == "answer") return Answer{name_in(fields), fields.text("sdp")};
    if (type == "candidate") {
        return Candidate{name_in(fields), fields.whole<unsigned>("mline"), fields.text("candidate")};
    }
    if (type == "disconnect") return Disconnect{seat_in(fields)};
    return std::nullopt;
}

Link link_in(Fields& fields) {
    return {.name = name_in(fields),
            .state = value_named(fields, "state", {LinkState::connected, LinkState::lost, LinkState::failed}),
            .reason = value_named(fields, "reason",
                                  {FailReason::none, FailReason::fingerprint_mismatch, FailReason::sdp_invalid,
                                   FailReason::no_route, FailReason::internal})};
}

Quality quality_in(Fields& fields) {
    return {.seat = seat_in(fields),
            .received_bitrate = fields.whole<std::uint32_t>("received_bitrate"),
            .sent_bitrate = fields.whole<std::uint32_t>("sent_bitrate"),
            .uplink_loss = loss_in(fields, "uplink_loss"),
            .downlink_loss = loss_in(fields, "downlink_loss"),
            .round_trip_ms = fields.real("round_trip_ms", 0.0, 1e9)};
}

std::optional<FromCall> from_call(std::string_view type, Fields& fields) {
    if (type == "ready") return Ready{fields.whole<int>("pid")};
    if (type == "unfit") return Unfit{fields.text("sentence")};
    if (type == "offer") return Offer{name_in(fields), fields.text("sdp")};
    if (type == "link") return link_in(fields);
    if (type == "visible") return Visible{name_in(fields)};
    if (type == "sender_limit") return SenderLimit{seat_in(fields), fields.whole<std::uint32_t>("max_bitrate")};
    if (type == "quality") return quality_in(fields);
    if (type == "heartbeat") return Heartbeat{};
    return std::nullopt;
}

template <class Message>
std::string encode_any(const Message& message) {
    return json::serialize(std::visit([](const auto& m) { return write(m); }, message)) + '\n';
}

template <class Message>
std::optional<Message> decode_any(std::string_view line,
                                  std::optional<Message> (*read)(std::string_view type, Fields& fields)) {
    auto fields = Fields::parse(line);
    if (!fields) return std::nullopt;
    auto message = read(fields->text("type"), *fields);
    if (!message || !fields->complete()) return std::nullopt;
    return message;
}

}  // namespace

std::string encode(const ToCall& message) {
    return encode_any(message);
}
std::string encode(const FromCall& message) {
    return encode_any(message);
}

std::optional<ToCall> decode_to_call(std::string_view line) {
    return decode_any<ToCall>(line, to_call);
}
std::optional<FromCall> decode_from_call(std::string_view line) {
    return decode_any<FromCall>(line, from_call);
}

}  // namespace parley::media
