#pragma once
#include <string>
#include <vector>

#include "base/secret.h"
#include "domain/link.h"
#include "domain/outcome.h"

namespace parley {

struct Transaction;

/// One invented person of the demo school, with a sign-in link that works until the evening is over.
struct DemoPersona {
    Role role{};
    PersonId id;
    std::string name;
    std::string email;
    std::vector<std::string> students;  ///< full names; of parents only
    Secret token;                       ///< of the sign-in link
};

/// Fills an empty box with a school whose evening began ten minutes ago and lasts three hours: 12 teachers, 40
/// students, 30 parents, one administrator. Everything but the tokens follows from `now`. Alex Morgan (parent of Sam
/// and Robin) comes first in the answer. Refuses: not_allowed (the box is not empty).
Outcome<std::vector<DemoPersona>> seed_demo(Transaction&, const LinkKey&, Instant now);

}  // namespace parley
