#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "app/box.h"
#include "app/call_check.h"
#include "app/command_line.h"
#include "app/defaults.h"
#include "app/seed.h"
#include "app/service_manager.h"
#include "app/settings_file.h"
#include "app/system_log.h"

namespace {

using namespace parley;

/// What hangs while it ends must not keep the port and the database from the next one: the kernel ends it then.
constexpr unsigned longest_end_s = 25;

/// A connection is a descriptor, and the evening has thousands: as many as the service may have.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

void reload(Box& box, Log& log) {
    ServiceManager::reloading();
    if (const auto reason = box.reload_certificate())
        log.write(Severity::error, fmt::format("The old certificate stays in use: {}", *reason));
    else
        log.write(Severity::notice, "The certificate was read again.");
    ServiceManager::reloaded();
}

void wait_for_hangup(boost::asio::signal_set& signals, Box& box, Log& log) {
    signals.async_wait([&](boost::system::error_code ended, int) {
        if (ended) return;
        reload(box, log);
        wait_for_hangup(signals, box, log);
    });
}

void serve(Settings settings, Log& log) {
    boost::asio::io_context loop{1};
    boost::asio::signal_set end{loop, SIGTERM, SIGINT};
    boost::asio::signal_set hangup{loop, SIGHUP};
    end.async_wait([&](boost::system::error_code, int) { loop.stop(); });

    check_call_program(settings.calls.call_program);
    settings.http.listen_fd = ServiceManager::listening_socket();
    Box box{loop, settings, log};
    wait_for_hangup(hangup, box, log);
    ServiceManager manager{loop, [&box] { return box.status(); }};
    log.write(Severity::notice,
              fmt::format("Parley {} serves {} (port {}).", PARLEY_VERSION, settings.public_url, box.port()));
    manager.ready();
    loop.run();
    ServiceManager::stopping();
    ::alarm(longest_end_s);
    log.write(Severity::notice, "Parley ends.");
}

Settings read_for(const CommandLine& line) {
    auto settings = read_settings(line.config).settings;
    if (!line.state_dir.empty()) settings.state_dir = absolute(line.state_dir);
    return settings;
}

int run(const CommandLine& line) {
    auto settings = read_for(line);
    if (line.check_config) {
        check(settings.smtp);
        std::cout << line.config.string() << " is in order.\n";
        return EXIT_SUCCESS;
    }
    complete(settings);
    if (!line.seed_demo.empty()) {
        seed_demo_box(settings, line.seed_demo);
        return EXIT_SUCCESS;
    }
    const auto log = make_system_log();
    serve(std::move(settings), *log);
    return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    try {
        return run(read_command_line(argc, argv));
    } catch (const Finished& finished) {
        return finished.status;
    } catch (const std::exception& problem) {
        tell_why_it_ends(problem.what());
        return EXIT_FAILURE;
    }
}
