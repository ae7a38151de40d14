#pragma once
#include <string>

#include "domain/outbox_mail.h"
#include "mail/letter.h"

namespace parley {

class Catalogue;

/// What a mail of each kind says (M6, M7, M10, B7). `address` is the personal link, empty for a mail without one. Pure.
Letter write_letter(const NewMail&, const std::string& address, const Catalogue&);

}  // namespace parley
