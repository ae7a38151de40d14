#include "calls/call_house.h"

namespace parley {

AppointmentId CallHouse::book(PersonId parent, StudentId student, ClassId id, Instant at) {
    const auto booked = school.book(parent, student, id, at);
    CPPUNIT_ASSERT(booked);
    return booked->id;
}

Identity CallHouse::invite_gus() {
    const auto invite = school.invite(school.ann, school.guest_for({school.mia}));
    CPPUNIT_ASSERT(invite);
    return {Role::guest, invite->id.value};
}

}  // namespace parley
