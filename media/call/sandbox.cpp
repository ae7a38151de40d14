#include "call/sandbox.h"

#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "call/system_call_filter.h"

namespace parley::call {
namespace {

/// GLib ends the whole process when it gets none, so they are enough for a connection on each of sixteen ports (those
/// being torn down have theirs still), with some ten of its own and two for each of sixteen addresses.
constexpr rlim_t most_descriptors = 1024;
/// Threads' stacks are counted as they are mapped, not as they are used: some 100 threads of 8 MiB.
constexpr rlim_t most_memory = rlim_t{4} << 30;

void limit(__rlimit_resource resource, rlim_t value) {
    rlimit both{};
    if (getrlimit(resource, &both) != 0) throw std::system_error{errno, std::generic_category(), "getrlimit"};
    both.rlim_max = both.rlim_cur = std::min(both.rlim_max, value);
    if (setrlimit(resource, &both) != 0) throw std::system_error{errno, std::generic_category(), "setrlimit"};
}

}  // namespace

void tidy_up_process() {
    close_range(4, ~0U, 0);
    mallopt(M_ARENA_MAX, 2);           // NOLINT(concurrency-mt-unsafe): there is one thread yet
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a loop that hangs would not see its line to parleyd close
    signal(SIGPIPE, SIG_IGN);          // NOLINT(concurrency-mt-unsafe): there is one thread yet
    signal(SIGXFSZ, SIG_IGN);          // NOLINT(concurrency-mt-unsafe): what GLib says may go to a file
}

void lock_down_process() {
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, most_descriptors);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    limit(RLIMIT_AS, most_memory);
#endif
    filter_system_calls();
}

}  // namespace parley::call
