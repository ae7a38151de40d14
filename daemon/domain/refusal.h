#pragma once

namespace parley {

/// Every "no" that a user can cause. http/refusals.cpp turns each into a status and a sentence, the pages have the same
/// names under `error.` in their locales.
enum class Refusal {
    // who is asking
    not_signed_in,
    not_allowed,
    not_found,
    link_unknown,
    link_expired,
    link_removed,
    // invites (M1-M8)
    name_missing,
    name_invalid,
    email_missing,
    email_invalid,
    consent_missing,
    student_missing,
    student_not_yours,
    already_invited,
    guest_is_yourself,
    evening_over,
    // booking (B1-B4)
    booking_closed,
    slot_unknown,
    slot_taken,
    you_are_busy,
    already_booked,
    appointment_started,
    note_too_long,
    // calls (M9-M13)
    not_a_video_appointment,
    call_not_open,
    call_over,
    call_full,
    queue_full,
    taken_over,
    seat_gone,
    box_full,
    media_unavailable,
    sdp_invalid,
    // the school's own data (A2)
    import_outdated,
    // requests
    request_invalid,
    too_many_requests,
};

}  // namespace parley
