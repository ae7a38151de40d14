#include "domain/demo.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <set>

#include "support/small_school.h"

using namespace parley;

/// The demo school, as the try-out promises it.
class DemoTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DemoTest);
    CPPUNIT_TEST(has_the_people_it_promises);
    CPPUNIT_TEST(every_sign_in_link_works);
    CPPUNIT_TEST(the_evening_began_ten_minutes_ago_and_lasts_three_hours);
    CPPUNIT_TEST(alex_has_a_joint_appointment_now_and_ordinary_ones_later);
    CPPUNIT_TEST(appointments_lie_before_now_and_after);
    CPPUNIT_TEST(alex_can_still_book_and_invite);
    CPPUNIT_TEST(is_the_same_school_each_time);
    CPPUNIT_TEST(fills_an_empty_box_only);
    CPPUNIT_TEST_SUITE_END();

    struct Demo {
        explicit Demo(Instant at) : store{folder.path(), [](auto job) { job(); }}, now{at} {
            personas = *store.write_and_wait([this](Transaction& tx) { return seed_demo(tx, key, now); });
            evening = *store.read([this](Transaction& tx) { return current_evening(tx, now); });
        }
        [[nodiscard]] std::vector<Appointment> appointments() {
            std::vector<Appointment> all;
            for (const auto& persona : personas) {
                if (persona.role != Role::parent) continue;
                auto own =
                    store.read([&](Transaction& tx) { return tx.appointments.of_parent(persona.id, evening.id); });
                std::move(own.begin(), own.end(), std::back_inserter(all));
            }
            return all;
        }
        TemporaryFolder folder;
        Store store;
        LinkKey key{{9}};
        Instant now;
        std::vector<DemoPersona> personas;
        Evening evening;
    };

    Demo demo_{SmallSchool::at(18, 10) + seconds{42}};

    [[nodiscard]] auto count(Role role) const {
        return std::count_if(demo_.personas.begin(), demo_.personas.end(),
                             [role](const auto& p) { return p.role == role; });
    }
    [[nodiscard]] const DemoPersona& alex() const { return demo_.personas.front(); }

public:
    void has_the_people_it_promises() {
        CPPUNIT_ASSERT(count(Role::teacher) == 12 && count(Role::parent) == 30 && count(Role::admin) == 1);
        std::set<std::string> students;
        std::set<std::string> addresses;
        for (const auto& persona : demo_.personas) {
            students.insert(persona.students.begin(), persona.students.end());
            addresses.insert(persona.email);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{40}, students.size());
        CPPUNIT_ASSERT_EQUAL(demo_.personas.size(), addresses.size());
        CPPUNIT_ASSERT_EQUAL(std::string{"Alex Morgan"}, alex().name);
        CPPUNIT_ASSERT(alex().students == (std::vector<std::string>{"Sam Morgan", "Robin Morgan"}));
    }

    void every_sign_in_link_works() {
        for (const auto& persona : demo_.personas) {
            const auto session = demo_.store.write_and_wait(
                [&](Transaction& tx) { return open_link(tx, persona.token.reveal(), demo_.evening.ends_at); });
            CPPUNIT_ASSERT(session && session->identity == (Identity{persona.role, persona.id.value}));
        }
    }

    void the_evening_began_ten_minutes_ago_and_lasts_three_hours() {
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(18, 0), demo_.evening.starts_at);
        CPPUNIT_ASSERT_EQUAL(SmallSchool::at(21, 0), demo_.evening.ends_at);
    }

    void alex_has_a_joint_appointment_now_and_ordinary_ones_later() {
        const auto mine =
            demo_.store.read([&](Transaction& tx) { return my_bookings(tx, alex().id, demo_.evening.id, demo_.now); });
        const auto& first = mine->appointments.at(0);
        CPPUNIT_ASSERT(first.teachers.size() == 3 && first.student.first_name == "Sam" && first.mode == Mode::video);
        CPPUNIT_ASSERT(first.starts_at < demo_.now && first.ends_at > demo_.now + minutes{20});
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, mine->appointments.size());
        CPPUNIT_ASSERT(std::all_of(mine->appointments.begin() + 1, mine->appointments.end(), [&](const Appointment& a) {
            return a.teachers.size() == 1 && a.starts_at > demo_.now;
        }));
        const auto ticket = demo_.store.read([&](Transaction& tx) {
            return may_join(tx, {Role::parent, alex().id.value}, first.id, demo_.now);
        });
        CPPUNIT_ASSERT(ticket && ticket->next);
        const auto has = [&](Mode mode) {
            return std::any_of(mine->appointments.begin(), mine->appointments.end(),
                               [mode](const Appointment& a) { return a.mode == mode; });
        };
        CPPUNIT_ASSERT(has(Mode::in_person) && has(Mode::telephone));
    }

    void appointments_lie_before_now_and_after() {
        const auto all = demo_.appointments();
        const auto number = [&](auto matches) { return std::count_if(all.begin(), all.end(), matches); };
        CPPUNIT_ASSERT_EQUAL(std::size_t{83}, all.size());
        CPPUNIT_ASSERT(number([&](const Appointment& a) { return a.ends_at <= demo_.now; }) >= 3);
        CPPUNIT_ASSERT(
            number([&](const Appointment& a) { return a.starts_at <= demo_.now && a.ends_at > demo_.now; }) >= 4);
        CPPUNIT_ASSERT(number([&](const Appointment& a) { return a.starts_at > demo_.now; }) >= 50);
    }

    void alex_can_still_book_and_invite() {
        const auto all =
            demo_.store.read([&](Transaction& tx) { return choices(tx, alex().id, demo_.evening.id, demo_.now); });
        for (const auto& row : all->students) {
            CPPUNIT_ASSERT(
                std::any_of(row.classes.begin(), row.classes.end(), [](const auto& c) { return !c.free.empty(); }));
        }
        const auto invites = demo_.store.read(
            [&](Transaction& tx) { return managed_invites(tx, alex().id, demo_.evening.id, demo_.now); });
        CPPUNIT_ASSERT(invites->invites.empty() && invites->available.size() == 2);
    }

    void is_the_same_school_each_time() {
        Demo other{demo_.now};
        const auto here = demo_.appointments();
        const auto there = other.appointments();
        CPPUNIT_ASSERT(
            std::equal(here.begin(), here.end(), there.begin(), there.end(), [](const auto& a, const auto& b) {
                return a.starts_at == b.starts_at && a.student.full_name() == b.student.full_name() &&
                       a.teachers.at(0).name == b.teachers.at(0).name;
            }));
    }

    void fills_an_empty_box_only() {
        const auto again =
            demo_.store.write_and_wait([&](Transaction& tx) { return seed_demo(tx, demo_.key, demo_.now); });
        CPPUNIT_ASSERT(again.refusal() == Refusal::not_allowed);
        CPPUNIT_ASSERT_EQUAL(std::size_t{83}, demo_.appointments().size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DemoTest);
