#include "call/system_call_filter.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <system_error>
#include <vector>

namespace parley::call {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t this_architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t this_architecture = AUDIT_ARCH_AARCH64;
#else
#error "The system call filter does not know this architecture."
#endif

constexpr int forbidden[] = {
    // Files.
    SYS_openat,
    SYS_openat2,
    SYS_open_by_handle_at,
    SYS_name_to_handle_at,
    SYS_unlinkat,
    SYS_linkat,
    SYS_symlinkat,
    SYS_mkdirat,
    SYS_mknodat,
    SYS_renameat2,
    SYS_fchmodat,
    SYS_fchownat,
    SYS_utimensat,
    SYS_truncate,
    SYS_memfd_create,
    // Programs and processes. clone3 hides its flags from us: EPERM would break threads, so it gets an answer of its
    // own.
    SYS_execve,
    SYS_execveat,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    SYS_process_madvise,
    SYS_kcmp,
    // Signals to parleyd and the other calls, which run as the same user. tgkill, which raise and abort need, is asked
    // whom it is for.
    SYS_kill,
    SYS_tkill,
    SYS_rt_sigqueueinfo,
    SYS_rt_tgsigqueueinfo,
    SYS_pidfd_send_signal,
    // What processes share by name.
    SYS_shmget,
    SYS_msgget,
    SYS_semget,
    SYS_mq_open,
    // The system and our own bounds.
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_setns,
    SYS_unshare,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_add_key,
    SYS_keyctl,
    SYS_request_key,
    SYS_init_module,
    SYS_finit_module,
    SYS_kexec_load,
    SYS_setuid,
    SYS_setgid,
    SYS_capset,
#if defined(__x86_64__)  // older ways to the same, which newer architectures never had
    SYS_open,
    SYS_creat,
    SYS_unlink,
    SYS_rmdir,
    SYS_link,
    SYS_symlink,
    SYS_mkdir,
    SYS_mknod,
    SYS_rename,
    SYS_renameat,
    SYS_chmod,
    SYS_chown,
    SYS_fork,
    SYS_vfork,
#endif
};

constexpr std::uint32_t argument(int index) {
    return static_cast<std::uint32_t>(offsetof(seccomp_data, args) +
                                      sizeof(std::uint64_t) * static_cast<unsigned>(index));
}

/// A little program for the kernel; every check ends it with an answer or falls through to the next.
class Program {
public:
    void load(std::size_t offset) { add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset))); }
    void answer(std::uint32_t with) { add(BPF_STMT(BPF_RET | BPF_K, with)); }
    void answer_if_equal(std::uint32_t value, std::uint32_t with) {
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
        answer(with);
    }
    void answer_unless_equal(std::uint32_t value, std::uint32_t with) {
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0));
        answer(with);
    }
    void answer_if_at_least(std::uint32_t value, std::uint32_t with) {
        add(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, value, 0, 1));
        answer(with);
    }
    void answer_unless_set(std::uint32_t bits, std::uint32_t with) {
        add(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 1, 0));
        answer(with);
    }
    /// The checks that `body` adds are made for this value only; what was loaded is lost after them.
    template <class Body>
    void only_for(std::uint32_t value, Body body) {
        const auto at = code_.size();
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 0));
        body();
        code_[at].jf = static_cast<std::uint8_t>(code_.size() - at - 1);
    }
    [[nodiscard]] sock_fprog get() { return {static_cast<unsigned short>(code_.size()), code_.data()}; }

private:
    void add(sock_filter instruction) { code_.push_back(instruction); }
    std::vector<sock_filter> code_;
};

Program make_program() {
    constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
    constexpr std::uint32_t unknown = SECCOMP_RET_ERRNO | ENOSYS;
    Program program;
    program.load(offsetof(seccomp_data, arch));
    program.answer_unless_equal(this_architecture, SECCOMP_RET_KILL_PROCESS);
    program.load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
    program.answer_if_at_least(0x40000000, refuse);  // the x32 numbers of the same calls
#endif
    for (const int call : forbidden) program.answer_if_equal(static_cast<std::uint32_t>(call), refuse);
    program.answer_if_equal(SYS_clone3, unknown);  // the C library then uses clone
    program.only_for(SYS_clone, [&] {
        program.load(argument(0));
        program.answer_unless_set(CLONE_THREAD, refuse);
        program.answer(SECCOMP_RET_ALLOW);
    });
    const auto own_process = static_cast<std::uint32_t>(getpid());
    program.only_for(SYS_tgkill, [&] {
        program.load(argument(0));
        program.answer_unless_equal(own_process, refuse);
        program.answer(SECCOMP_RET_ALLOW);
    });
    program.only_for(SYS_prlimit64, [&] {
        program.load(argument(0));
        program.answer_if_equal(0, SECCOMP_RET_ALLOW);
        program.answer_unless_equal(own_process, refuse);
        program.answer(SECCOMP_RET_ALLOW);
    });
    program.only_for(SYS_socket, [&] {
        program.load(argument(0));
        for (const int family : {AF_INET, AF_INET6, AF_NETLINK}) {
            program.answer_if_equal(static_cast<std::uint32_t>(family), SECCOMP_RET_ALLOW);
        }
        program.answer(refuse);
    });
    program.answer(SECCOMP_RET_ALLOW);
    return program;
}

}  // namespace

void filter_system_calls() {
    auto program = make_program();
    const auto code = program.get();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        throw std::system_error{errno, std::generic_category(), "prctl(PR_SET_NO_NEW_PRIVS)"};
    }
    // TSYNC: the threads that GStreamer has already made are bound as well, by this and by no_new_privs.
    const long thread = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &code);
    if (thread != 0) {
        throw std::system_error{thread > 0 ? EBUSY : errno, std::generic_category(), "seccomp"};
    }
}

}  // namespace parley::call
