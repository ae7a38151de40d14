#include "bench/store/invites.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "domain/enrolment_port.h"
#include "domain/invite.h"
#include "store/store.h"

namespace parley::bench {

namespace {

// As many invitations as a parent may have mailed within the hour, and not one more.
constexpr int students_per_parent = max_invitations_per_hour;

const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{17}};

struct Pair {
    PersonId parent;
    StudentId student;
};

struct Families {
    EveningId evening;
    std::vector<Pair> pairs;
};

ClassId add_class(Enrolment& enrolment, EveningId evening) {
    const auto teacher = enrolment.add_person({{}, Role::teacher, "Tess Times", "tess@school.example", "en-GB"});
    ClassOffer offer;
    offer.class_info.name = offer.class_info.subject = "Maths";
    offer.class_info.id = enrolment.add_class(offer.class_info, {teacher});
    offer.mode = Mode::video;
    offer.first_slot_at = now;
    offer.slot_minutes = minutes{10};
    enrolment.add_offer(evening, offer);
    return offer.class_info.id;
}

Families enrol(Enrolment& enrolment, int students) {
    Families families;
    enrolment.set_school({"Test School", "Europe/London", "en-GB", "office@school.example"});
    families.evening = enrolment.add_evening({{}, "Autumn", now, now + minutes{180}, minutes{10}, minutes{0}, {}, {}});
    const auto maths = add_class(enrolment, families.evening);
    PersonId parent;
    for (int i = 0; i < students; ++i) {
        if (i % students_per_parent == 0) {
            const auto email = "parent" + std::to_string(i) + "@families.example";
            parent = enrolment.add_person({{}, Role::parent, "Ann Abel", email, "en-GB"});
        }
        const auto student = enrolment.add_student({{}, "Mia", "Abel"});
        enrolment.add_contact(parent, student);
        enrolment.enrol(student, maths);
        families.pairs.push_back({parent, student});
    }
    return families;
}

/// The pages' loop, with this many requests under way until everybody has been invited.
class Rush {
public:
    Rush(const std::filesystem::path& dir, int count)
        : store_{dir, [this](auto job) { boost::asio::post(loop_, std::move(job)); }} {
        families_ = store_.write_and_wait([count](Transaction& tx) { return enrol(tx.enrolment, count); });
    }

    void run(int writers) {
        const auto open = boost::asio::make_work_guard(loop_);
        for (int i = 0; i < writers; ++i) invite_next();
        while (acknowledged_ < families_.pairs.size()) loop_.run_one();
    }

private:
    void invite_next() {
        if (next_ == families_.pairs.size()) return;
        const auto [parent, student] = families_.pairs[next_++];
        const auto rule = [this, parent, student](Transaction& tx) {
            const InviteRequest request{"Gus Guest", "gus@guests.example", {student}, true, "I agree."};
            return invite_guest(tx, key_, parent, families_.evening, request, now);
        };
        store_.write(rule, [this](Result<Outcome<Invite>> result) {
            if (!result.value()) throw std::runtime_error{"an invite was refused"};
            ++acknowledged_;
            invite_next();
        });
    }

    boost::asio::io_context loop_;
    Store store_;
    LinkKey key_{{4, 2}};
    Families families_;
    std::size_t next_{0};
    std::size_t acknowledged_{0};
};

}  // namespace

double invites_per_second(const std::filesystem::path& dir, int writers, int count) {
    Rush rush{dir, count};
    const auto start = std::chrono::steady_clock::now();
    rush.run(writers);
    return count / std::chrono::duration<double>{std::chrono::steady_clock::now() - start}.count();
}

}  // namespace parley::bench
