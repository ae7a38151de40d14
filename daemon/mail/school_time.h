#pragma once
#include <string>

#include "base/instant.h"
#include "mail/catalogue.h"

namespace parley {

/// Times as the school's clocks show them, in a catalogue's words. A zone that the box does not know becomes UTC.
class SchoolTime {
public:
    SchoolTime(const Catalogue&, const std::string& zone);

    [[nodiscard]] Phrase day(Instant) const;             ///< "Monday 23 November 2026"
    [[nodiscard]] Phrase time(Instant) const;            ///< "18:05"
    [[nodiscard]] Phrase range(Instant, Instant) const;  ///< "18:00–18:10", one value so that it never turns round
    [[nodiscard]] Phrase moment(Instant) const;          ///< day and time
    [[nodiscard]] bool same_day(Instant, Instant) const;
    [[nodiscard]] const std::string& zone() const { return zone_; }

private:
    [[nodiscard]] std::string clock(Instant) const;

    const Catalogue& catalogue_;
    std::string zone_;
};

}  // namespace parley
