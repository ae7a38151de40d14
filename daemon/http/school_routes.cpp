#include "domain/directory_port.h"
#include "domain/transaction.h"
#include "http/api_parts.h"
#include "http/routes.h"
#include "http/shapes.h"

namespace parley::routes {

void school(ApiParts& parts, const ExchangePtr& exchange) {
    const School school = parts.store.read([](Transaction& tx) { return tx.directory.school(); });
    exchange->answer_json(200, school_json(school, parts.settings.consent_wording));
}

}  // namespace parley::routes
