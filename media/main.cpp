#include <glib.h>
#include <unistd.h>

#include <cstring>
#include <iostream>
#include <optional>

#include "call/call.h"
#include "call/sandbox.h"
#include "call/self_check.h"

namespace {

using namespace parley;

constexpr int control_fd = 3;
constexpr int exit_unfit = 3;

std::optional<std::string> prepare(GMainContext* loop) {
    if (auto complaint = call::load_plugins()) return complaint;
    if (auto complaint = call::self_check()) return complaint;
    return call::warm_up(loop);
}

int unfit(const std::string& sentence, bool tell_parent) {
    std::cerr << "parley-call: " << sentence << '\n';
    if (tell_parent) {
        const auto line = media::encode(media::FromCall{media::Unfit{sentence}});
        if (write(control_fd, line.data(), line.size()) < 0) std::cerr << "parley-call: nobody listens\n";
    }
    return exit_unfit;
}

[[noreturn]] void run_call(GMainContext* context) {
    call::lock_down_process();
    GMainLoop* loop = g_main_loop_new(context, FALSE);
    call::Call call{context, control_fd, [loop] { g_main_loop_quit(loop); }};
    call.start();
    g_main_loop_run(loop);
    call.finish();
    // Not by destructors: a thread of webrtcbin that hangs must not keep the process, and nothing is left to be saved.
    _exit(EXIT_SUCCESS);
}

}  // namespace

int main(int argc, char** argv) try {
    const bool check_only = argc == 2 && std::strcmp(argv[1], "--self-check") == 0;
    if (argc > 1 && !check_only) {
        std::cerr << "usage: parley-call [--self-check]\nparleyd starts it, with a socket as descriptor 3.\n";
        return EXIT_FAILURE;
    }
    call::tidy_up_process();
    GMainContext* context = g_main_context_new();
    if (const auto complaint = prepare(context)) return unfit(*complaint, !check_only);
    if (!check_only) run_call(context);
    std::cout << "parley-call: everything is as expected\n" << std::flush;
    _exit(EXIT_SUCCESS);
} catch (const std::exception& e) {
    std::cerr << "parley-call: " << e.what() << '\n';
    return EXIT_FAILURE;
}
