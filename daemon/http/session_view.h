#pragma once
#include <boost/json/object.hpp>
#include <string>

#include "base/instant.h"
#include "domain/ids.h"

namespace parley {

struct Transaction;

/// The Session of openapi.yaml: who somebody is, and the evening that matters to them (a guest's is the invite's).
boost::json::object session_json(Transaction&, const std::string& consent_wording, Identity, Instant now);

}  // namespace parley
