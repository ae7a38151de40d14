#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "domain/link.h"
#include "domain/outbox_mail.h"
#include "mail/smtp_settings.h"

namespace parley {

class Log;
class Store;

struct MailSettings {
    std::string public_url;             ///< what people type to reach the box: "https://parley.school.example"
    std::filesystem::path locales_dir;  ///< where mail.en.json and mail.ar.json are
};

/// A mail that was sent, failed, or went back to the queue with a reason.
struct MailChange {
    MailId id;
    MailKind kind{};
    std::optional<PersonId> person;  ///< on whose behalf: whose pages show it
    std::optional<InviteId> invite;
    MailState state{};
};

/// Sends what is in the outbox, on a thread of its own, one mail at a time (N1). A mail is marked `sending` on the disk
/// before the server hears of it, and its outcome is on the disk before the next is begun: a crash leaves at most one
/// mail in doubt, and that one goes out again with the same Message-ID and the same bytes. An outcome that cannot be
/// written (a full disk) is kept and tried again; nothing else is sent meanwhile.
///
/// A server that cannot be used is left alone for 30 s. Waits are bounded by a minute. Nothing is logged but the mail's
/// number, kind, and code; what goes wrong with the server itself is logged once until it changes (P3).
class Mailer {
public:
    using Post = std::function<void(std::function<void()>)>;
    using Observer = std::function<void(const MailChange&)>;

    /// Starts at once: first what a crash interrupted, then what is due. `observer` is called through `post`, possibly
    /// after the mailer is gone. Throws std::invalid_argument (settings) and std::runtime_error (catalogues) with a
    /// sentence. `store`, `log` and `clock` must outlive it.
    Mailer(SmtpSettings, Store& store, LinkKey, MailSettings, Post post, Log& log, const Clock& clock,
           Observer observer = {});
    /// Stops: a mail whose text is with the server already gets 10 s for the answer, any other is broken off and waits
    /// for the next start.
    ~Mailer();
    Mailer(const Mailer&) = delete;
    Mailer& operator=(const Mailer&) = delete;

    /// There is mail in the outbox. Thread-safe, never blocks.
    void wake();

private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace parley
