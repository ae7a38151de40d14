#pragma once
#include "domain/audit_port.h"

namespace parley {

class Database;

class AuditTable final : public Audit {
public:
    explicit AuditTable(Database& database) : database_{database} {}

    void record(const AuditEntry&) override;
    std::vector<AuditEntry> newest(int limit) override;

private:
    Database& database_;
};

}  // namespace parley
