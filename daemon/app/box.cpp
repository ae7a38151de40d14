#include "app/box.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "app/link_key.h"
#include "calls/calls.h"
#include "domain/links.h"
#include "http/announce.h"
#include "http/api.h"
#include "http/server.h"
#include "mail/mailer.h"

namespace parley {

namespace {

auto posting_to(boost::asio::io_context& loop) {
    return [&loop](std::function<void()> work) { boost::asio::post(loop, std::move(work)); };
}

/// Calls `work` again and again, `pause` apart, as long as the timer lives.
void repeat(boost::asio::steady_timer& timer, std::chrono::seconds pause, std::function<void()> work) {
    timer.expires_after(pause);
    timer.async_wait([&timer, pause, work = std::move(work)](boost::system::error_code ended) mutable {
        if (ended) return;
        work();
        repeat(timer, pause, std::move(work));
    });
}

/// Before anything is mailed: a link that the key cannot make again must not be promised to anybody.
LinkKey key_that_fits(Store& store, const std::filesystem::path& state_dir, const Clock& clock, Log& log) {
    const LinkKey key = load_link_key(state_dir);
    const int revoked = store.write_and_wait(
        [&, now = clock.now()](Transaction& tx) { return revoke_links_of_another_key(tx, key, now); });
    if (revoked > 0)
        log.write(Severity::warning,
                  fmt::format("link.key is not the key that the links in use were made with: {} links were switched "
                              "off. People get a new one with their e-mail address; guests must be invited again "
                              "with Resend.",
                              revoked));
    return key;
}

}  // namespace

struct Box::Rounds {
    explicit Rounds(boost::asio::io_context& loop) : second{loop}, day{loop} {}
    boost::asio::steady_timer second;
    boost::asio::steady_timer day;
};

Box::Box(boost::asio::io_context& loop, const Settings& settings, Log& log)
    : log_{log},
      store_{settings.state_dir, posting_to(loop)},
      key_{key_that_fits(store_, settings.state_dir, clock_, log)},
      hub_{clock_,
           [this](Identity identity, const std::string& page, bool online) {
               if (!calls_) return;
               online ? calls_->page_online(identity, page) : calls_->page_offline(identity, page);
           }},
      calls_{std::make_unique<Calls>(loop, clock_, store_, hub_, log, settings.calls)},
      mailer_{std::make_unique<Mailer>(settings.smtp, store_, key_,
                                       MailSettings{settings.public_url, settings.mail_locales}, posting_to(loop), log,
                                       clock_,
                                       [this](const MailChange& mail) {
                                           if (mail.invite && mail.person)
                                               announce(hub_, {{{Role::parent, mail.person->value}, "invites"}});
                                       })},
      api_{std::make_unique<Api>(store_, key_, *calls_, hub_, clock_, log, ApiSettings{}, [this] { mailer_->wake(); })},
      server_{std::make_unique<Server>(loop, settings.http, *api_)},
      rounds_{std::make_unique<Rounds>(loop)} {
    repeat(rounds_->second, std::chrono::seconds{1}, [this] { hub_.tick(); });
    repeat(rounds_->day, std::chrono::hours{24}, [this] { forget_expired(); });
    forget_expired();
}

Box::~Box() {
    rounds_.reset();
    server_.reset();
    api_.reset();
    mailer_.reset();
    calls_.reset();
}

std::uint16_t Box::port() const {
    return server_->port();
}

std::optional<std::string> Box::reload_certificate() {
    return server_->reload_certificate();
}

std::string Box::status() const {
    const auto calls = calls_->figures();
    return fmt::format("{} calls, {} open pages, room for {} more calls", calls.live, hub_.stream_count(),
                       calls.free_slices);
}

void Box::forget_expired() {
    store_.write(
        [now = clock_.now()](Transaction& tx) {
            forget_expired_links(tx, now);
            return Done{};
        },
        [this](const Result<Done>& done) {
            if (!done)
                log_.write(Severity::warning, "Links that have expired could not be cleared away; tomorrow again.");
        });
}

}  // namespace parley
