#pragma once
#include <cppunit/TestAssert.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "calls/calls.h"
#include "support/small_school.h"

namespace parley {

/// A clock that stands still until a test turns it.
class HandClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return at; }
    Instant at{SmallSchool::at(18, 1)};
};

/// Remembers every event instead of bringing it to a page.
class RememberedPages final : public PageEvents {
public:
    struct Sent {
        std::string to;  ///< the page, "identity ROLE KEY" or "call ID"
        PageEvent event;
        [[nodiscard]] boost::json::object data() const { return boost::json::parse(event.json).as_object(); }
    };
    void to_page(const std::string& page, const PageEvent& event) override { sent.push_back({page, event}); }
    void to_identity(Identity who, const PageEvent& event) override { sent.push_back({name_of(who), event}); }
    void to_call(AppointmentId call, const PageEvent& event) override {
        sent.push_back({"call " + std::to_string(call.value), event});
    }
    void end(Identity) override {}

    static std::string name_of(Identity who) {
        return std::string{"identity "} + to_text(who.role) + ' ' + std::to_string(who.key);
    }
    [[nodiscard]] const Sent* find(const std::string& to, const std::string& name) const {
        for (auto it = sent.rbegin(); it != sent.rend(); ++it) {
            if (it->to == to && it->event.name == name) return &*it;
        }
        return nullptr;
    }
    std::vector<Sent> sent;
};

class RememberedLog final : public Log {
public:
    void write(Severity, std::string_view sentence) override { sentences.emplace_back(sentence); }
    [[nodiscard]] bool has(const std::string& words) const {
        return std::ranges::any_of(sentences, [&](const auto& s) { return s.find(words) != std::string::npos; });
    }
    std::vector<std::string> sentences;
};

/// The real Calls with the real parley-call over a real school. Ann's appointment for Mia at 18:00 is a joint one with
/// three teachers; Gus is her guest. It is 18:01.
class CallHouse {
public:
    explicit CallHouse(std::string program = PARLEY_CALL, int slices = 2, int spares = 1) {
        open(std::move(program), slices, spares);
    }

    void open(std::string program, int slices, int spares) {
        CallsSettings settings;
        settings.call_program = std::move(program);
        // Suites run at the same time: each has ports of its own, outside of those that the kernel hands out.
        settings.first_port = static_cast<std::uint16_t>(10000 + getpid() % 300 * 64);
        settings.last_port = static_cast<std::uint16_t>(settings.first_port + 16 * slices - 1);
        settings.spares = spares;
        settings.listen_addresses = {"127.0.0.1"};
        calls.emplace(io, clock, school.store, pages, log, settings);
    }

    /// Turns the loop until it is so; a test that waits in vain fails.
    void until(const std::string& what, const std::function<bool()>& is_so) {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (!is_so()) {
            CPPUNIT_ASSERT_MESSAGE("waited in vain: " + what, std::chrono::steady_clock::now() < patience);
            io.restart();
            io.run_one_for(std::chrono::milliseconds{100});
        }
    }
    void until_spare() {
        until("a spare", [this] { return !calls->figures().spares.empty(); });
    }
    const RememberedPages::Sent& until_sent(const std::string& to, const std::string& name) {
        until(name + " to " + to, [&] { return pages.find(to, name) != nullptr; });
        return *pages.find(to, name);
    }

    CallTicket ticket(Identity who) { return ticket(who, call); }
    CallTicket ticket(Identity who, AppointmentId id) {
        return *school.read([&](Transaction& tx) { return may_join(tx, who, id, SmallSchool::at(18, 1)); });
    }
    /// Anybody: more people than may join a call in truth.
    CallTicket stranger(int number) {
        auto made = ticket(ann);
        made.identity = {Role::guest, 1000 + number};
        return made;
    }
    Outcome<ClaimAnswer> claim(CallTicket ticket, std::string page, bool resume = false) {
        std::optional<Outcome<ClaimAnswer>> answer;
        calls->claim({std::move(ticket), std::move(page), resume}, [&](auto given) { answer = std::move(given); });
        until("the answer to a claim", [&] { return answer.has_value(); });
        return *answer;
    }
    SeatOffer sit(Identity who, const std::string& page, bool resume = false) {
        const auto answer = claim(ticket(who), page, resume);
        CPPUNIT_ASSERT(answer && answer->offer);
        return *answer->offer;
    }
    /// The three teachers and the parent, each on the page of their name.
    void fill() {
        sit(tess, "tess");
        sit(fred, "fred");
        sit(sid, "sid");
        sit(ann, "ann");
    }
    /// Out of line: GCC 12 warns of what it cannot see through.
    AppointmentId book(PersonId parent, StudentId, ClassId, Instant at);
    void turn_clock(milliseconds time) {
        clock.at += time;
        calls->tick();
    }
    std::string call_name() const { return "call " + std::to_string(call.value); }

    boost::asio::io_context io;
    HandClock clock;
    SmallSchool school{{}, [this](auto job) { boost::asio::post(io, std::move(job)); }};
    RememberedPages pages;
    RememberedLog log;
    AppointmentId call{book(school.ann, school.mia, school.joint, SmallSchool::at(18, 0))};
    Identity tess{Role::teacher, school.maths_teacher.value};
    Identity fred{Role::teacher, school.french_teacher.value};
    Identity sid{Role::teacher, school.sports_teacher.value};
    Identity ann{Role::parent, school.ann.value};
    Identity gus{invite_gus()};
    std::optional<Calls> calls;

private:
    Identity invite_gus();
};

/// A program that stands in for a call process which is not as it should be.
inline std::string script(const TemporaryFolder& folder, const std::string& lines) {
    const auto path = folder.path() / "call-program";
    std::ofstream{path} << "#!/bin/sh\n" << lines << '\n';
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path.string();
}

}  // namespace parley
