#include "app/service_manager.h"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include <chrono>
#include <ctime>

#include "app/link_key.h"

namespace parley {

namespace {

constexpr std::chrono::seconds status_interval{30};

std::chrono::microseconds interval() {
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0) return status_interval;
    return std::chrono::microseconds{microseconds / 2};
}

std::uint64_t monotonic_microseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000U + static_cast<std::uint64_t>(now.tv_nsec) / 1000U;
}

}  // namespace

ServiceManager::ServiceManager(boost::asio::io_context& loop, std::function<std::string()> status)
    : timer_{loop}, status_{std::move(status)} {}

int ServiceManager::listening_socket() {
    const int count = sd_listen_fds(1);
    if (count > 1) throw StartError("systemd handed over several sockets; parleyd.socket may have one ListenStream");
    return count == 1 ? SD_LISTEN_FDS_START : -1;
}

void ServiceManager::ready() {
    sd_notify(0, "READY=1");
    sign_of_life();
}

void ServiceManager::sign_of_life() {
    sd_notify(0, fmt::format("WATCHDOG=1\nSTATUS={}", status_()).c_str());
    timer_.expires_after(interval());
    timer_.async_wait([this](boost::system::error_code ended) {
        if (!ended) sign_of_life();
    });
}

void ServiceManager::reloading() {
    sd_notify(0, fmt::format("RELOADING=1\nMONOTONIC_USEC={}", monotonic_microseconds()).c_str());
}

void ServiceManager::reloaded() {
    sd_notify(0, "READY=1");
}

void ServiceManager::stopping() {
    sd_notify(0, "STOPPING=1");
}

}  // namespace parley
