#include "http/event_frame.h"

namespace parley {

namespace {

void add_field(std::string& frame, std::string_view field, std::string_view value) {
    frame.append(field).append(": ");
    for (const char c : value) {
        if (c != '\n' && c != '\r') frame.push_back(c);
    }
    frame.push_back('\n');
}

}  // namespace

std::string frame_event(std::string_view id, const PageEvent& event) {
    std::string frame;
    if (!id.empty()) add_field(frame, "id", id);
    add_field(frame, "event", event.name);
    std::string_view data = event.json;
    for (auto end = data.find('\n'); end != std::string_view::npos; end = data.find('\n')) {
        add_field(frame, "data", data.substr(0, end));
        data.remove_prefix(end + 1);
    }
    add_field(frame, "data", data);
    frame.push_back('\n');
    return frame;
}

}  // namespace parley
