#pragma once
#include <string>

#include "http/rate_limits.h"

namespace parley {

struct ApiSettings {
    /// The sentence beside the consent box (M4), unless the page says that it showed another one.
    std::string consent_wording{
        "I agree that this person is given access to the information that I used to make these appointments."};
    RateSettings rates;
};

}  // namespace parley
