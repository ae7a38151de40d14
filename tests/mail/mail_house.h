#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>

#include "base/log.h"
#include "mail/mailer.h"
#include "mail/smtp_server.h"
#include "support/small_school.h"

namespace parley {

/// Turned by hand, read by the mailer's thread.
class HandClock final : public Clock {
public:
    explicit HandClock(Instant now) : now_{now} {}
    [[nodiscard]] Instant now() const override {
        const std::lock_guard lock{mutex_};
        return now_;
    }
    void turn(milliseconds span) {
        const std::lock_guard lock{mutex_};
        now_ += span;
    }

private:
    mutable std::mutex mutex_;
    Instant now_;
};

class KeptLog final : public Log {
public:
    void write(Severity, std::string_view sentence) override {
        const std::lock_guard lock{mutex_};
        all_ += std::string{sentence} + '\n';
    }
    [[nodiscard]] std::string all() const {
        const std::lock_guard lock{mutex_};
        return all_;
    }

private:
    mutable std::mutex mutex_;
    std::string all_;
};

/// The small school with a mailer. What the mailer tells is kept for the test to wait for.
class MailHouse {
public:
    SmallSchool school;
    HandClock clock{school.now};
    KeptLog log;
    std::unique_ptr<Mailer> mailer;

    void start(const SmtpSettings& settings) {
        const MailSettings mail{"https://parley.school.example/",
                                std::filesystem::path{PARLEY_SOURCE_DIR} / "web-ui/locales"};
        const auto post = [](const std::function<void()>& job) { job(); };
        mailer = std::make_unique<Mailer>(settings, school.store, school.key, mail, post, log, clock,
                                          [this](const MailChange& change) { note(change); });
    }

    /// The next change of a mail's state; throws after 30 s.
    MailChange change() {
        std::unique_lock lock{mutex_};
        if (!condition_.wait_for(lock, seconds{30}, [this] { return !changes_.empty(); }))
            throw std::runtime_error{"no mail has changed; log:\n" + log.all()};
        MailChange first = changes_.front();
        changes_.erase(changes_.begin());
        return first;
    }

    /// Moves the clock on and lets the mailer look.
    void later(milliseconds span) {
        clock.turn(span);
        mailer->wake();
    }

    OutboxMail mail(MailId id) { return school.mail(id); }

private:
    void note(const MailChange& change) {
        {
            const std::lock_guard lock{mutex_};
            changes_.push_back(change);
        }
        condition_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable condition_;
    std::vector<MailChange> changes_;
};

}  // namespace parley
