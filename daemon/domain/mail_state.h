#pragma once

namespace parley {

/// queued → sending → sent, failed, or queued again. `withdrawn`: its cause is gone, it is never sent (M8).
enum class MailState { queued, sending, sent, failed, withdrawn };

constexpr const char* to_text(MailState state) {
    switch (state) {
        case MailState::queued: return "queued";
        case MailState::sending: return "sending";
        case MailState::sent: return "sent";
        case MailState::failed: return "failed";
        case MailState::withdrawn: return "withdrawn";
    }
    return "";
}

}  // namespace parley
