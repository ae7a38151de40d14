#include "call/control_channel.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace parley::call {
namespace {

constexpr std::size_t most_unsent = std::size_t{4} << 20;

}  // namespace

ControlChannel::ControlChannel(GMainContext* loop, int fd, Events events)
    : loop_{loop}, fd_{fd}, events_{std::move(events)} {
    fcntl(fd_, F_SETFL, fcntl(fd_, F_GETFL) | O_NONBLOCK);
    reading_ = watch(G_IO_IN | G_IO_HUP | G_IO_ERR, &ControlChannel::readable);
}

ControlChannel::~ControlChannel() {
    reading_.reset();
    writing_.reset();
    close(fd_);
}

void ControlChannel::Destroy::operator()(GSource* source) const {
    g_source_destroy(source);
    g_source_unref(source);
}

ControlChannel::Watch ControlChannel::watch(int condition, bool (ControlChannel::*ready)()) {
    struct Call {
        ControlChannel& channel;
        bool (ControlChannel::*ready)();
    };
    GSource* source = g_unix_fd_source_new(fd_, static_cast<GIOCondition>(condition));
    const GUnixFDSourceFunc run = [](int, GIOCondition, gpointer data) -> gboolean {
        const auto& call = *static_cast<Call*>(data);
        return (call.channel.*call.ready)() ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
    };
    g_source_set_callback(source, G_SOURCE_FUNC(run), new Call{*this, ready},
                          [](gpointer data) { delete static_cast<Call*>(data); });
    g_source_attach(source, loop_);
    return Watch{source};
}

bool ControlChannel::readable() {
    std::array<char, 16384> chunk;
    const auto count = read(fd_, chunk.data(), chunk.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (count > 0) {
        received_.append(chunk.data(), static_cast<std::size_t>(count));
        if (take_lines()) return true;
    }
    end();
    return false;
}

/// False when something came that is no message.
bool ControlChannel::take_lines() {
    std::size_t from = 0;
    for (auto end = received_.find('\n'); end != std::string::npos && !ended_; end = received_.find('\n', from)) {
        const auto message = media::decode_to_call(std::string_view{received_}.substr(from, end - from));
        if (!message) return false;
        events_.message(*message);
        from = end + 1;
    }
    received_.erase(0, from);
    return received_.size() <= media::longest_line;
}

void ControlChannel::send(const media::FromCall& message) {
    if (ended_) return;
    unsent_ += media::encode(message);
    write_some();
    if (unsent_.size() > most_unsent) return end();
    if (!unsent_.empty() && !writing_) writing_ = watch(G_IO_OUT, &ControlChannel::writable);
}

bool ControlChannel::writable() {
    write_some();
    if (!unsent_.empty()) return true;
    writing_.reset();
    return false;
}

void ControlChannel::write_some() {
    while (!unsent_.empty()) {
        const auto count = ::send(fd_, unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
        // A reader that is gone shows itself as the end of what can be read.
        if (count <= 0) return;
        unsent_.erase(0, static_cast<std::size_t>(count));
    }
}

void ControlChannel::end() {
    if (ended_) return;
    ended_ = true;
    writing_.reset();
    events_.ended();
}

}  // namespace parley::call
