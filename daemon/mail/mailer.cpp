#include "mail/mailer.h"

#include <fmt/format.h>
#include <pthread.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "domain/outbox.h"
#include "mail/mail_round.h"
#include "store/store.h"

namespace parley {

namespace {

constexpr seconds server_rest{30};
constexpr seconds store_rest{5};
constexpr seconds longest_wait{60};

/// What the outbox answers: a mail to send now, or when to ask again.
struct Taken {
    std::optional<OutboxMail> mail;
    std::optional<Instant> next_due;
};

std::string without_slash(std::string url) {
    while (!url.empty() && url.back() == '/') url.pop_back();
    return url;
}

/// OpenSSL writes to a connection that the server has closed without MSG_NOSIGNAL.
void ignore_broken_pipes() {
    sigset_t pipes;
    sigemptyset(&pipes);
    sigaddset(&pipes, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipes, nullptr);
}

SmtpSettings checked(SmtpSettings settings) {
    check(settings);
    return settings;
}

}  // namespace

class Mailer::Worker {
public:
    Worker(SmtpSettings settings, Store& store, LinkKey key, MailSettings mail, Post post, Log& log, const Clock& clock,
           Observer observer)
        : settings_{checked(std::move(settings))},
          key_{key},
          public_url_{without_slash(std::move(mail.public_url))},
          catalogues_{mail.locales_dir},
          store_{store},
          post_{std::move(post)},
          log_{log},
          clock_{clock},
          observer_{std::move(observer)},
          round_{settings_, key_, public_url_, catalogues_, interruption_},
          thread_{[this] { run(); }} {}

    ~Worker() {
        {
            const std::lock_guard lock{mutex_};
            stopping_ = true;
        }
        condition_.notify_all();
        interruption_.ask();
        thread_.join();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void wake() {
        {
            const std::lock_guard lock{mutex_};
            woken_ = true;
        }
        condition_.notify_all();
    }

private:
    void run() {
        ignore_broken_pipes();
        insist([this](Transaction& tx) { return recover_interrupted_mail(tx, clock_.now()); });
        while (!stopping()) {
            const auto taken = take();
            if (taken.mail) {
                send(*taken.mail);
            } else {
                round_.finish();
                wait_for_mail(taken.next_due);
            }
        }
        round_.finish();
    }

    Taken take() {
        if (resting()) return {std::nullopt, rest_until_};
        Taken taken;
        insist([&, this](Transaction& tx) {
            const auto now = clock_.now();
            auto mails = take_due_mail(tx, now, 1);
            taken = {mails.empty() ? std::nullopt : std::optional{std::move(mails.front())}, next_mail_due(tx)};
            return Done{};
        });
        return taken;
    }

    void send(const OutboxMail& mail) {
        const auto attempt = round_.attempt(mail);
        // Broken off by ourselves: it waits for the next start, and nobody is told that something went wrong.
        const bool broken_off =
            stopping() && attempt.delivery.verdict == Verdict::deferred && attempt.delivery.code == 0;
        if (broken_off) return;
        note_server(attempt);
        const auto state = record(mail.id, attempt);
        tell(mail, attempt, state);
    }

    std::optional<MailState> record(MailId id, const Attempt& attempt) {
        return insist([&, this](Transaction& tx) {
            const auto now = clock_.now();
            switch (attempt.delivery.verdict) {
                case Verdict::sent: mail_sent(tx, id, now); return MailState::sent;
                case Verdict::refused: mail_refused(tx, id, attempt.sentence, now); return MailState::failed;
                case Verdict::deferred: break;
            }
            return mail_deferred(tx, id, attempt.sentence, now);
        });
    }

    void tell(const OutboxMail& mail, const Attempt& attempt, std::optional<MailState> state) {
        if (!state) return;
        if (*state != MailState::sent)
            log_.write(*state == MailState::failed ? Severity::warning : Severity::notice,
                       fmt::format("mail {} ({}) is {}: {}, code {}", mail.id.value, to_text(mail.kind),
                                   to_text(*state), to_text(attempt.delivery.trouble), attempt.delivery.code));
        if (!observer_) return;
        post_([observer = observer_, change = MailChange{mail.id, mail.kind, mail.person, mail.invite, *state}] {
            observer(change);
        });
    }

    /// Writes until it is written; gives up only when stopping, and then answers nothing.
    template <class Rule>
    auto insist(Rule rule) -> std::optional<std::invoke_result_t<Rule&, Transaction&>> {
        while (true) {
            try {
                return store_.write_and_wait(rule);
            } catch (const std::exception& e) {
                log_.write(Severity::error, fmt::format("the outbox cannot be written, trying again: {}", e.what()));
            }
            if (!pause(store_rest)) return std::nullopt;
        }
    }

    void note_server(const Attempt& attempt) {
        if (attempt.server_is_away) rest_until_ = clock_.now() + server_rest;
        if (attempt.server_words == server_trouble_) return;
        server_trouble_ = attempt.server_words;
        log_.write(attempt.server_is_away ? Severity::error : Severity::notice,
                   attempt.server_is_away ? server_trouble_ : "the mail server takes mail again");
    }

    [[nodiscard]] bool resting() const { return rest_until_ && clock_.now() < *rest_until_; }

    void wait_for_mail(std::optional<Instant> next_due) {
        milliseconds span = longest_wait;
        if (next_due) span = std::clamp<milliseconds>(*next_due - clock_.now(), milliseconds{0}, longest_wait);
        std::unique_lock lock{mutex_};
        condition_.wait_for(lock, span, [this] { return stopping_ || woken_; });
        woken_ = false;
    }

    /// False when it is time to stop.
    bool pause(seconds span) {
        std::unique_lock lock{mutex_};
        return !condition_.wait_for(lock, span, [this] { return stopping_; });
    }

    bool stopping() {
        const std::lock_guard lock{mutex_};
        return stopping_;
    }

    const SmtpSettings settings_;
    const LinkKey key_;
    const std::string public_url_;
    const Catalogues catalogues_;
    Store& store_;
    const Post post_;
    Log& log_;
    const Clock& clock_;
    const Observer observer_;
    Interruption interruption_;
    MailRound round_;
    std::optional<Instant> rest_until_;
    std::string server_trouble_;

    std::mutex mutex_;
    std::condition_variable condition_;
    bool woken_{};
    bool stopping_{};
    std::thread thread_;
};

Mailer::Mailer(SmtpSettings settings, Store& store, LinkKey key, MailSettings mail, Post post, Log& log,
               const Clock& clock, Observer observer)
    : worker_{std::make_unique<Worker>(std::move(settings), store, key, std::move(mail), std::move(post), log, clock,
                                       std::move(observer))} {}

Mailer::~Mailer() = default;

void Mailer::wake() {
    worker_->wake();
}

}  // namespace parley
