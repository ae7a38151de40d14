#include "calls/call_house.h"

namespace parley {

AppointmentId CallHouse::book_joint() {
    const auto booked = school.book(school.ann, school.mia, school.joint, SmallSchool::at(18, 0));
    CPPUNIT_ASSERT(booked);
    return booked->id;
}

Identity CallHouse::invite_gus() {
    const auto invite = school.invite(school.ann, school.guest_for({school.mia}));
    CPPUNIT_ASSERT(invite);
    return {Role::guest, invite->id.value};
}

}  // namespace parley
