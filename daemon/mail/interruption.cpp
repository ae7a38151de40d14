#include "mail/interruption.h"

#include <sys/socket.h>

namespace parley {

namespace {

constexpr std::chrono::seconds grace{10};

}  // namespace

void Interruption::ask() {
    const std::lock_guard lock{mutex_};
    if (!asked_at_) asked_at_ = std::chrono::steady_clock::now();
    if (fd_ >= 0 && !held_) ::shutdown(fd_, SHUT_RDWR);
}

bool Interruption::asked() const {
    const std::lock_guard lock{mutex_};
    return asked_at_.has_value();
}

void Interruption::watch(int fd) {
    const std::lock_guard lock{mutex_};
    fd_ = fd;
    if (asked_at_) ::shutdown(fd_, SHUT_RDWR);
}

void Interruption::forget() {
    const std::lock_guard lock{mutex_};
    fd_ = -1;
    held_ = false;
}

void Interruption::hold(bool held) {
    const std::lock_guard lock{mutex_};
    held_ = held;
}

bool Interruption::overdue() const {
    const std::lock_guard lock{mutex_};
    return asked_at_ && std::chrono::steady_clock::now() - *asked_at_ > grace;
}

}  // namespace parley
