#include "app/system_log.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "base/instant.h"

namespace parley {

namespace {

int priority_of(Severity severity) {
    switch (severity) {
        case Severity::debug: return LOG_DEBUG;
        case Severity::info: return LOG_INFO;
        case Severity::notice: return LOG_NOTICE;
        case Severity::warning: return LOG_WARNING;
        case Severity::error: return LOG_ERR;
    }
    return LOG_ERR;
}

class Journal final : public Log {
public:
    void write(Severity severity, std::string_view sentence) override {
        sd_journal_print(priority_of(severity), "%.*s", static_cast<int>(sentence.size()), sentence.data());
    }
};

class StandardError final : public Log {
public:
    void write(Severity severity, std::string_view sentence) override {
        const char* mark = severity >= Severity::warning ? (severity == Severity::error ? "error: " : "warning: ") : "";
        // One write a line: threads do not mix theirs.
        const auto line = fmt::format("{} {}{}\n", to_text(SystemClock{}.now()), mark, sentence);
        if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return;  // nobody is left to be told
    }
};

/// systemd.exec(5): JOURNAL_STREAM holds device and inode of the journal's socket.
bool is_journal(int fd) {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat facts {};
    return stream != nullptr && ::fstat(fd, &facts) == 0 && fmt::format("{}:{}", facts.st_dev, facts.st_ino) == stream;
}

}  // namespace

std::unique_ptr<Log> make_system_log() {
    if (is_journal(STDERR_FILENO)) return std::make_unique<Journal>();
    return std::make_unique<StandardError>();
}

void tell_why_it_ends(const std::string& reason) {
    if (is_journal(STDERR_FILENO))
        Journal{}.write(Severity::error, reason);
    else
        std::cerr << "parleyd: " << reason << '\n';
}

}  // namespace parley
