#pragma once
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "domain/call_desk.h"
#include "domain/model.h"

namespace parley {

struct Transaction;

/// The schemas of openapi.yaml, one function each. Who looks decides how much is shown: a guest sees a student's first
/// name, the teachers and the time (M13).
boost::json::object school_json(const School&, const std::string& consent_wording);
boost::json::object evening_json(const Evening&);
boost::json::object student_json(const Student&, Role viewer);
boost::json::array students_json(const std::vector<Student>&, Role viewer);
boost::json::array teachers_json(const std::vector<PersonBrief>&);
boost::json::object invite_json(const Invite&);
boost::json::object roster_json(const Roster&);

/// As this identity sees it at `now`: with the join button's state.
boost::json::object appointment_json(Transaction&, const Appointment&, Identity viewer, Instant now);

/// For `nullable` texts: empty is null.
boost::json::value text_or_null(const std::string&);
boost::json::value instant_or_null(const std::optional<Instant>&);

}  // namespace parley
