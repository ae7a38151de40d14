#pragma once
#include <string>

#include "domain/import_plan.h"
#include "domain/link.h"
#include "domain/model.h"
#include "domain/outcome.h"

namespace parley {

struct Transaction;

/// What was looked at before it is applied: the plan, and what tells it from any other.
struct ImportPreview {
    ImportPlan plan;
    std::string fingerprint;
};

/// The dry run (A2): nothing is changed.
ImportPreview preview_import(Transaction&, const SchoolLists&, ConflictChoice, Instant now);

/// Applies what was looked at, all of it or nothing. What is agreed with whom leaves is kept or cancelled as chosen,
/// the parents are mailed; the calls of cancelled appointments and the pages of removed guests are the caller's to end
/// (`cancelled`, `removed`). Refuses: import_outdated (somebody has booked or changed something since the preview).
struct ImportResult {
    ImportPlan plan;
    std::vector<Appointment> cancelled;
    std::vector<Invite> removed;
};
Outcome<ImportResult> apply_import(Transaction&, const LinkKey&, PersonId admin, const SchoolLists&, ConflictChoice,
                                   const std::string& fingerprint, Instant now);

}  // namespace parley
