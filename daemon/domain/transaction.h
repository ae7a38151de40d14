#pragma once

namespace parley {

class Appointments;
class Audit;
class Directory;
class Enrolment;
class Invites;
class Links;
class Outbox;
class Register;
class Sessions;

/// An open transaction as the rules see it: narrow ports, implemented by store. Everything done through one is kept or
/// undone together. Include the port's header (`<name>_port.h`) to use it. Not to be kept after the rule returns.
struct Transaction {
    Directory& directory;
    Appointments& appointments;
    Invites& invites;
    Links& links;
    Sessions& sessions;
    Outbox& outbox;
    Audit& audit;
    Enrolment& enrolment;
    Register& people;
};

}  // namespace parley
