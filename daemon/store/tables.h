#pragma once
#include "domain/transaction.h"
#include "store/appointments_table.h"
#include "store/audit_table.h"
#include "store/directory_table.h"
#include "store/enrolment_table.h"
#include "store/invites_table.h"
#include "store/links_table.h"
#include "store/outbox_table.h"
#include "store/register_table.h"
#include "store/sessions_table.h"

namespace parley {

/// All ports over one connection. Who opens and ends the transaction is the holder's business.
class Tables {
public:
    explicit Tables(Database& database)
        : directory_{database},
          appointments_{database},
          invites_{database},
          links_{database},
          sessions_{database},
          outbox_{database},
          audit_{database},
          enrolment_{database},
          people_{database} {}

    Transaction& transaction() { return transaction_; }

private:
    DirectoryTable directory_;
    AppointmentsTable appointments_;
    InvitesTable invites_;
    LinksTable links_;
    SessionsTable sessions_;
    OutboxTable outbox_;
    AuditTable audit_;
    EnrolmentTable enrolment_;
    RegisterTable people_;
    Transaction transaction_{directory_, appointments_, invites_, links_, sessions_, outbox_, audit_, enrolment_, people_};
};

}  // namespace parley
