// A school that writes as fast as it can and says on its standard output what it was told is kept, a line each:
//   test_store_busy_school keep DIR     books, cancels, invites, removes and sends mail until it is killed
//   test_store_busy_school fill DIR MB  the same in a file system of that size; ends with status 0 when the full disk
//   is
//                                       reported as it must be and everything that was acknowledged is there
#include <sys/mount.h>
#include <unistd.h>

#include <sched.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <deque>
#include <iostream>
#include <set>
#include <string>

#include "domain/appointments_port.h"
#include "domain/audit_port.h"
#include "domain/booking.h"
#include "domain/bookings.h"
#include "domain/demo.h"
#include "domain/directory_port.h"
#include "domain/invite.h"
#include "domain/outbox.h"
#include "store/store.h"

namespace {

using namespace parley;

const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{18}};

/// One line, whole or not at all, even when the reader counts on what came before a kill.
void acknowledge(const std::string& line) {
    const std::string whole = line + '\n';
    if (::write(STDOUT_FILENO, whole.data(), whole.size()) != static_cast<ssize_t>(whole.size())) std::_Exit(2);
}

/// The demo school; every parent tries everything, over and over.
class BusySchool {
public:
    explicit BusySchool(const std::string& dir) : store_{dir, [](auto job) { job(); }} {
        personas_ = *store_.write_and_wait([this](Transaction& tx) { return seed_demo(tx, key_, now); });
        evening_ = store_.read([](Transaction& tx) { return current_evening(tx, now)->id; });
    }

    /// Keeps the writer's groups filled; the answers run on its thread.
    void go_on() {
        for (int round = 0;; ++round) {
            for (const auto& persona : personas_) {
                if (persona.role != Role::parent) continue;
                invite(persona.id, round);
                book(persona.id, round);
                cancel(persona.id);
            }
            send_mail();
        }
    }

private:
    void invite(PersonId parent, int round) {
        const auto rule = [this, parent, round](Transaction& tx) -> Outcome<Invite> {
            const Instant later = now + minutes{3 * round};
            const auto managed = managed_invites(tx, parent, evening_, later);
            if (!managed->invites.empty()) return remove_invite(tx, parent, managed->invites.front().id, later);
            return invite_guest(tx, key_, parent, evening_,
                                {"Gus Guest", "gus@guests.example", {managed->available.front().id}, true, "yes"},
                                later);
        };
        store_.write(rule, [](Result<Outcome<Invite>> result) {
            if (!result || !result.value()) return;
            const auto& invite = *result.value();
            acknowledge((invite.removed_at ? "removed " : "invited ") + std::to_string(invite.id.value));
        });
    }

    void book(PersonId parent, int round) {
        const auto rule = [this, parent, round](Transaction& tx) -> Outcome<Appointment> {
            const auto all = choices(tx, parent, evening_, now);
            for (const auto& row : all->students) {
                for (const auto& choice : row.classes) {
                    if (choice.free.empty()) continue;
                    const auto& slot = choice.free.at(static_cast<std::size_t>(round) % choice.free.size());
                    return parley::book(tx, key_, parent, evening_,
                                        {row.student.id, choice.offer.class_info.id, slot.starts_at, "hello"}, now);
                }
            }
            return Refusal::already_booked;
        };
        store_.write(rule, [](Result<Outcome<Appointment>> result) {
            if (result && result.value()) acknowledge("booked " + std::to_string(result.value()->id.value));
        });
    }

    void cancel(PersonId parent) {
        const auto rule = [this, parent](Transaction& tx) -> Outcome<Appointment> {
            for (const auto& appointment : tx.appointments.of_parent(parent, evening_)) {
                if (appointment.starts_at > now) return parley::cancel(tx, key_, parent, appointment.id, now);
            }
            return Refusal::not_found;
        };
        store_.write(rule, [](Result<Outcome<Appointment>> result) {
            if (result && result.value()) acknowledge("cancelled " + std::to_string(result.value()->id.value));
        });
    }

    void send_mail() {
        const auto taken =
            store_.write_and_wait([](Transaction& tx) { return take_due_mail(tx, now + minutes{600}, 20); });
        for (const auto& mail : taken) {
            store_.write(
                [id = mail.id](Transaction& tx) {
                    mail_sent(tx, id, now);
                    return id;
                },
                [](Result<MailId> result) {
                    if (result) acknowledge("sent " + std::to_string(result.value().value));
                });
        }
    }

    Store store_;
    LinkKey key_{{4, 2}};
    std::vector<DemoPersona> personas_;
    EveningId evening_;
};

int report(const std::string& sentence) {
    std::cerr << sentence << '\n';
    return 1;
}

/// A small file system that only this process sees.
bool mount_small(const std::string& dir, const std::string& megabytes) {
    if (::unshare(CLONE_NEWNS) != 0) return false;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    return ::mount("tmpfs", dir.c_str(), "tmpfs", 0, ("size=" + megabytes + "m").c_str()) == 0;
}

Outcome<Done> record(Transaction& tx, int number) {
    tx.audit.record({std::nullopt, std::string(2000, 'x'), std::to_string(number), now});
    return Done{};
}

/// Writes until the disk is full, several at a time; answers what was acknowledged, and the sentence that came then.
std::pair<std::set<std::string>, std::string> write_until_full(Store& store) {
    std::set<std::string> kept;
    std::string sentence;
    for (int number = 0; number < 200000 && sentence.empty();) {
        for (int i = 0; i < 20; ++i, ++number) {
            store.write([number](Transaction& tx) { return record(tx, number); },
                        [&kept, &sentence, number](Result<Outcome<Done>> result) {
                            if (result) return void(kept.insert(std::to_string(number)));
                            try {
                                result.value();
                            } catch (const StoreBusy&) {
                            } catch (const StoreError& e) {
                                sentence = e.what();
                            }
                        });
        }
        // Lets the answers come in; a full disk may meet this one, too.
        try {
            store.write_and_wait([](Transaction&) { return 0; });
        } catch (const StoreError& e) {
            sentence = e.what();
        }
    }
    return {kept, sentence};
}

int fill(const std::string& dir, const std::string& megabytes) {
    if (!mount_small(dir, megabytes)) return 77;
    std::set<std::string> kept;
    {
        Store store{dir, [](auto job) { job(); }};
        // Something that can be deleted to make room again.
        std::FILE* ballast = std::fopen((dir + "/ballast").c_str(), "w");
        for (int i = 0; i < 1024; ++i) std::fputs(std::string(1024, 'b').c_str(), ballast);
        std::fclose(ballast);
        std::string sentence;
        std::tie(kept, sentence) = write_until_full(store);
        if (sentence.find("full") == std::string::npos) return report("a full disk was reported as: " + sentence);
        // The school can still be read, and written once there is room.
        if (store.read([](Transaction& tx) { return tx.audit.newest(1).size(); }) != 1)
            return report("nothing can be read");
        std::filesystem::remove(dir + "/ballast");
        store.write_and_wait([](Transaction& tx) { return record(tx, -1); });
        kept.insert("-1");
    }
    Store again{dir, [](auto job) { job(); }};
    std::set<std::string> found;
    for (const auto& entry : again.read([](Transaction& tx) { return tx.audit.newest(1000000); }))
        found.insert(entry.object);
    return found == kept ? 0 : report("what was acknowledged is not what is there");
}

}  // namespace

int main(int argc, char** argv) try {
    const std::string mode = argc > 2 ? argv[1] : "";
    if (mode == "keep") BusySchool{argv[2]}.go_on();
    if (mode == "fill" && argc > 3) return fill(argv[2], argv[3]);
    return report("usage: test_store_busy_school keep DIR | fill DIR MEGABYTES");
} catch (const std::exception& e) {
    return report(e.what());
}
