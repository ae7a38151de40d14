#include <cppunit/extensions/HelperMacros.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "support/small_school.h"

using namespace parley;

namespace {

/// One thing a parent may try. The numbers choose among who and what there is.
struct Step {
    int action;
    int who;
    int what;
    int when;
};

/// Tries steps inside one open transaction and keeps its own books of what must be true after each.
class Trial {
public:
    Trial(SmallSchool& school, Transaction& tx) : school_{school}, tx_{tx} {}

    void take(const Step& step) {
        switch (step.action % 6) {
            case 0:
            case 1: return book(step);
            case 2: return cancel(step);
            case 3: return invite(step);
            case 4: return remove(step);
            default: return resend(step);
        }
    }

    void check() {
        check_nobody_is_in_two_places();
        check_no_student_twice_with_one_teacher();
        check_one_live_invite_a_student();
        RC_ASSERT(tx_.outbox.due(school_.now, 1000).size() == waiting_mails_);
    }

private:
    [[nodiscard]] PersonId parent(int number) const {
        return std::array{school_.ann, school_.ben, school_.cara}.at(number % 3);
    }
    [[nodiscard]] StudentId student(int number) const {
        return std::array{school_.mia, school_.leo, school_.kai}.at(number % 3);
    }

    void book(const Step& step) {
        const auto offered = std::array{school_.maths, school_.french, school_.sports, school_.music, school_.joint};
        const BookRequest request{student(step.what), offered.at(step.what / 3 % 5),
                                  SmallSchool::at(18, step.when * 5 % 180), ""};
        if (const auto booked =
                parley::book(tx_, school_.key, parent(step.who), school_.evening, request, school_.now)) {
            booked_.push_back(booked->id);
            ++waiting_mails_;
        }
    }

    void cancel(const Step& step) {
        if (booked_.empty()) return;
        const auto id = booked_.at(static_cast<std::size_t>(step.what) % booked_.size());
        if (parley::cancel(tx_, school_.key, parent(step.who), id, school_.now)) ++waiting_mails_;
    }

    void invite(const Step& step) {
        std::vector<StudentId> students{student(step.what)};
        if (step.when % 2 == 0) students.push_back(student(step.what + 1));
        const auto made =
            invite_guest(tx_, school_.key, parent(step.who), school_.evening, school_.guest_for(students), school_.now);
        if (!made) return;
        invited_.push_back(made->id);
        ++waiting_mails_;
    }

    void remove(const Step& step) {
        // The mail that waited goes with its invite.
        if (!invited_.empty() && remove_invite(tx_, parent(step.who), chosen_invite(step), school_.now))
            --waiting_mails_;
    }

    void resend(const Step& step) {
        // One mail takes the other's place.
        if (!invited_.empty())
            (void)resend_invite(tx_, school_.key, parent(step.who), chosen_invite(step), school_.now);
    }

    [[nodiscard]] InviteId chosen_invite(const Step& step) const {
        return invited_.at(static_cast<std::size_t>(step.what) % invited_.size());
    }

    std::vector<Appointment> standing() {
        std::vector<Appointment> all;
        for (const auto id : booked_) {
            auto appointment = tx_.appointments.find(id).value();
            if (appointment.state == AppointmentState::booked) all.push_back(std::move(appointment));
        }
        return all;
    }

    void check_nobody_is_in_two_places() {
        std::map<PersonId, std::set<Instant>> taken;
        for (const auto& appointment : standing()) {
            const auto gap =
                appointment.class_info.id == school_.french || appointment.class_info.id == school_.joint ? 5 : 0;
            std::vector<PersonId> people{appointment.parent.id};
            for (const auto& teacher : appointment.teachers) people.push_back(teacher.id);
            for (Instant at = appointment.starts_at; at < appointment.ends_at + minutes{gap}; at += minutes{1}) {
                for (const auto person : people) RC_ASSERT(taken[person].insert(at).second);
            }
        }
        for (const auto& [person, instants] : taken) {
            const auto kept = tx_.appointments.taken_minutes(person, SmallSchool::at(17, 0), SmallSchool::at(22, 0));
            RC_ASSERT(kept == std::vector<Instant>(instants.begin(), instants.end()));
        }
    }

    void check_no_student_twice_with_one_teacher() {
        std::set<std::pair<StudentId, PersonId>> met;
        for (const auto& appointment : standing()) {
            for (const auto& teacher : appointment.teachers)
                RC_ASSERT(met.insert({appointment.student.id, teacher.id}).second);
        }
    }

    void check_one_live_invite_a_student() {
        std::set<std::pair<PersonId, StudentId>> covered;
        for (const auto id : invited_) {
            const auto invite = tx_.invites.find(id).value();
            if (invite.removed_at) continue;
            for (const auto& student : invite.students) RC_ASSERT(covered.insert({invite.parent, student.id}).second);
        }
    }

    SmallSchool& school_;
    Transaction& tx_;
    std::vector<AppointmentId> booked_;
    std::vector<InviteId> invited_;
    std::size_t waiting_mails_{0};
};

rc::Gen<Step> any_step() {
    const auto number = rc::gen::inRange(0, 60);
    return rc::gen::construct<Step>(number, number, number, number);
}

std::ostream& operator<<(std::ostream& out, const Step& step) {
    return out << '{' << step.action << ' ' << step.who << ' ' << step.what << ' ' << step.when << '}';
}

}  // namespace

/// What must hold after any sequence of bookings, cancellations and invites that anybody can think of.
class AnySequenceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AnySequenceTest);
    CPPUNIT_TEST(B4_M1_N1_hold_after_any_sequence);
    CPPUNIT_TEST_SUITE_END();

public:
    void B4_M1_N1_hold_after_any_sequence() {
        SmallSchool school;
        CPPUNIT_ASSERT(rc::check("nobody is double-booked, invited twice or left without a mail", [&school] {
            const auto steps = *rc::gen::container<std::vector<Step>>(any_step());
            // The rule refuses in the end, so that every sequence finds the same school.
            school.write([&](Transaction& tx) -> Outcome<Done> {
                Trial trial{school, tx};
                for (const auto& step : steps) {
                    trial.take(step);
                    trial.check();
                }
                return Refusal::not_allowed;
            });
        }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AnySequenceTest);
