#pragma once
#include <cppunit/TestAssert.h>

#include <string>
#include <vector>

#include "domain/admission.h"
#include "domain/appointments_port.h"
#include "domain/audit_port.h"
#include "domain/booking.h"
#include "domain/bookings.h"
#include "domain/directory_port.h"
#include "domain/enrolment_port.h"
#include "domain/invite.h"
#include "domain/invites_port.h"
#include "domain/links.h"
#include "domain/links_port.h"
#include "domain/outbox.h"
#include "domain/outbox_port.h"
#include "domain/sessions_port.h"
#include "store/store.h"
#include "support/temporary_folder.h"

/// For CPPUNIT_ASSERT_EQUAL's message.
template <>
struct CppUnit::assertion_traits<parley::Instant> {
    static bool equal(const parley::Instant& a, const parley::Instant& b) { return a == b; }
    static std::string toString(const parley::Instant& at) { return parley::to_text(at); }
};

namespace parley {

/// A real store with a small school whose evening runs from 18:00 to 21:00 UTC; it is 17:00 (`now`) unless a test says
/// so. Ann is the parent of Mia and Leo, Cara a second parent of Mia, Ben the parent of Kai.
class SmallSchool {
public:
    /// `post` brings answers to writes to the thread that asked; without one they are given on the writer's.
    explicit SmallSchool(
        Store::Limits limits = {}, Store::Post post = [](auto job) { job(); })
        : store{folder.path(), std::move(post), limits} {
        store.write_and_wait([this](Transaction& tx) {
            fill(tx.enrolment);
            return Done{};
        });
    }

    template <class F>
    auto write(F rule) {
        return store.write_and_wait(std::move(rule));
    }
    template <class F>
    auto read(F rule) {
        return store.read(std::move(rule));
    }

    Outcome<Appointment> book(PersonId parent, StudentId student, ClassId id, Instant at, std::string note = "") {
        return write([&, this](Transaction& tx) {
            return parley::book(tx, key, parent, evening, {student, id, at, std::move(note)}, now);
        });
    }
    Outcome<Appointment> cancel(PersonId parent, AppointmentId id) {
        return write([&, this](Transaction& tx) { return parley::cancel(tx, key, parent, id, now); });
    }
    [[nodiscard]] InviteRequest guest_for(std::vector<StudentId> students) const {
        return {"Gus Guest", "gus@guests.example", std::move(students), true, "I agree that Gus is given access."};
    }
    Outcome<Invite> invite(PersonId parent, const InviteRequest& request) {
        return write([&, this](Transaction& tx) { return invite_guest(tx, key, parent, evening, request, now); });
    }
    Outcome<Invite> resend(PersonId parent, InviteId id) {
        return write([&, this](Transaction& tx) { return resend_invite(tx, key, parent, id, now); });
    }
    Outcome<Invite> remove(PersonId parent, InviteId id) {
        return write([&, this](Transaction& tx) { return remove_invite(tx, parent, id, now); });
    }
    Outcome<Session> open(const Secret& token) {
        return write([&, this](Transaction& tx) { return open_link(tx, token.reveal(), now); });
    }
    Outcome<Identity> who_is(const Secret& session) {
        return read([&, this](Transaction& tx) { return who(tx, session.reveal(), now); });
    }
    std::vector<OutboxMail> take_mail(int limit = 100) {
        return write([&, this](Transaction& tx) { return take_due_mail(tx, now, limit); });
    }
    /// The secret of the link in the newest mail, as the guest or the parent would find it.
    Secret newest_link() {
        const auto mails = take_mail();
        return link_token(key, mails.at(mails.size() - 1).mail_link.value().name);
    }
    OutboxMail mail(MailId id) {
        return read([&](Transaction& tx) { return tx.outbox.find(id).value(); });
    }
    std::vector<std::string> audit() {
        return read([](Transaction& tx) {
            std::vector<std::string> actions;
            for (const auto& entry : tx.audit.newest(100)) actions.insert(actions.begin(), entry.action);
            return actions;
        });
    }

    static Instant at(int hour, int minute) {
        return Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{hour} +
                       minutes{minute}};
    }

    TemporaryFolder folder;
    Store store;
    LinkKey key{{1, 2, 3}};
    Instant now{at(17, 0)};
    PersonId ann, ben, cara, maths_teacher, french_teacher, sports_teacher, music_teacher, admin;
    StudentId mia, leo, kai;
    ClassId maths, french, sports, music, joint;
    EveningId evening;

private:
    static PersonId add(Enrolment& enrolment, Role role, const char* name, const char* email) {
        return enrolment.add_person({{}, role, name, email, "en-GB"});
    }

    ClassId offer(Enrolment& enrolment, const char* name, const std::vector<PersonId>& teachers, Mode mode,
                  minutes slot, minutes gap) const {
        ClassOffer row;
        row.class_info.name = row.class_info.subject = name;
        row.class_info.id = enrolment.add_class(row.class_info, teachers);
        row.mode = mode;
        row.room = mode == Mode::in_person ? "Room 7" : "";
        row.first_slot_at = at(18, 0);
        row.slot_minutes = slot;
        row.gap_minutes = gap;
        enrolment.add_offer(evening, row);
        return row.class_info.id;
    }

    void fill(Enrolment& enrolment) {
        enrolment.set_school({"Test School", "Europe/London", "en-GB", "office@school.example"});
        ann = add(enrolment, Role::parent, "Ann Abel", "ann@families.example");
        ben = add(enrolment, Role::parent, "Ben Bold", "ben@families.example");
        cara = add(enrolment, Role::parent, "Cara Abel", "cara@families.example");
        maths_teacher = add(enrolment, Role::teacher, "Tess Times", "tess@school.example");
        french_teacher = add(enrolment, Role::teacher, "Fred French", "fred@school.example");
        sports_teacher = add(enrolment, Role::teacher, "Sid Sports", "sid@school.example");
        music_teacher = add(enrolment, Role::teacher, "Mo Music", "mo@school.example");
        admin = add(enrolment, Role::admin, "Ada Admin", "ada@school.example");
        mia = enrolment.add_student({{}, "Mia", "Abel"});
        leo = enrolment.add_student({{}, "Leo", "Abel"});
        kai = enrolment.add_student({{}, "Kai", "Bold"});
        for (const auto student : {mia, leo}) enrolment.add_contact(ann, student);
        enrolment.add_contact(cara, mia);
        enrolment.add_contact(ben, kai);
        evening = enrolment.add_evening({{}, "Autumn", at(18, 0), at(21, 0), minutes{10}, minutes{0}, {}, {}});
        maths = offer(enrolment, "Maths", {maths_teacher}, Mode::video, minutes{10}, minutes{0});
        french = offer(enrolment, "French", {french_teacher}, Mode::video, minutes{15}, minutes{5});
        sports = offer(enrolment, "Sports", {sports_teacher}, Mode::in_person, minutes{10}, minutes{0});
        music = offer(enrolment, "Music", {music_teacher}, Mode::telephone, minutes{10}, minutes{0});
        joint = offer(enrolment, "Review", {maths_teacher, french_teacher, sports_teacher}, Mode::video, minutes{20},
                      minutes{5});
        for (const auto student : {mia, kai}) {
            for (const auto id : {maths, french, sports, music, joint}) enrolment.enrol(student, id);
        }
        for (const auto id : {maths, french, music}) enrolment.enrol(leo, id);
    }
};

}  // namespace parley
