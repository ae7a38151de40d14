#include "http/refusals.h"

namespace parley {

// No default: the compiler names the refusal that has no sentence yet.
RefusalText describe(Refusal refusal) {
    switch (refusal) {
        case Refusal::not_signed_in:
            return {401, "not_signed_in",
                    "You are not signed in. Open the link in your e-mail again, or ask for a new one."};
        case Refusal::not_allowed:
            return {403, "not_allowed", "Your link does not open this page. Go back to your own page."};
        case Refusal::not_found:
            return {404, "not_found", "This is not here, or it is not yours. Go back to your own page."};
        case Refusal::link_unknown:
            return {404, "link_unknown", "This link does not work. Open it from the e-mail again, or copy all of it."};
        case Refusal::link_expired:
            return {410, "link_expired", "This link is too old. Ask for a new one with your e-mail address."};
        case Refusal::link_removed:
            return {410, "link_removed",
                    "This link has been switched off. If a newer e-mail has come, use the link in that one; "
                    "else ask the person who invited you."};
        case Refusal::name_missing: return {422, "name_missing", "Enter the name of the person you want to invite."};
        case Refusal::name_invalid:
            return {422, "name_invalid", "This name cannot be used. Enter it with letters, in at most 100 characters."};
        case Refusal::email_missing: return {422, "email_missing", "Enter an e-mail address."};
        case Refusal::email_invalid:
            return {422, "email_invalid", "This is not a complete e-mail address. It looks like name@example.org."};
        case Refusal::consent_missing:
            return {422, "consent_missing", "Tick the box to say that this person may see the appointments."};
        case Refusal::student_missing: return {422, "student_missing", "Choose at least one student."};
        case Refusal::student_not_yours:
            return {422, "student_not_yours", "This student is not on your list. Choose one of your own."};
        case Refusal::already_invited:
            return {409, "already_invited",
                    "Somebody has been invited for this student already. Only one invite can be sent per student; "
                    "remove that one first."};
        case Refusal::guest_is_yourself:
            return {422, "guest_is_yourself", "This is your own address. You join with the link in your own e-mail."};
        case Refusal::evening_over: return {409, "evening_over", "This evening is over."};
        case Refusal::booking_closed:
            return {409, "booking_closed", "Booking is closed at the moment. Ask the school if you need a change."};
        case Refusal::slot_unknown:
            return {422, "slot_unknown", "There is no appointment at this time. Choose one of the times shown."};
        case Refusal::slot_taken: return {409, "slot_taken", "Somebody has just taken this time. Choose another one."};
        case Refusal::you_are_busy:
            return {409, "you_are_busy", "You have another appointment at this time. Choose another one."};
        case Refusal::already_booked:
            return {409, "already_booked",
                    "There is an appointment with this teacher already. Cancel it to change it."};
        case Refusal::appointment_started:
            return {409, "appointment_started", "This appointment has begun already and cannot be changed."};
        case Refusal::note_too_long: return {422, "note_too_long", "The note is too long. Use at most 500 characters."};
        case Refusal::not_a_video_appointment:
            return {409, "not_a_video_appointment",
                    "This appointment is not a video call. See your bookings for where it takes place."};
        case Refusal::call_not_open:
            return {409, "call_not_open", "It is too early to join. The button lights up shortly before the start."};
        case Refusal::call_over: return {410, "call_over", "This call is over. See your page for what comes next."};
        case Refusal::call_full:
            return {409, "call_full", "Four people are in this call. You can wait until somebody leaves."};
        case Refusal::queue_full:
            return {409, "queue_full", "Too many people wait for this call already. Try again in a few minutes."};
        case Refusal::taken_over:
            return {409, "taken_over",
                    "You have joined this call on another device or in another tab. Go on there, or join here."};
        case Refusal::seat_gone: return {410, "seat_gone", "Your place in the call has ended. Join again."};
        case Refusal::box_full:
            return {503, "box_full", "The school's system is full at the moment. Try again in a minute."};
        case Refusal::media_unavailable:
            return {503, "media_unavailable", "The video call cannot be started at the moment. Try again in a minute."};
        case Refusal::sdp_invalid:
            return {422, "sdp_invalid",
                    "Your browser's answer could not be understood. Reload the page, or update the browser."};
        case Refusal::import_outdated:
            return {409, "import_outdated", "Something has changed since this was looked at. Look at it again."};
        case Refusal::request_invalid:
            return {422, "request_invalid",
                    "The page has sent something that cannot be understood. Reload it and try again."};
        case Refusal::too_many_requests:
            return {429, "too_many_requests", "That was a little too often. Wait a moment and try again."};
    }
    return {500, "request_invalid", ""};
}

}  // namespace parley
