#include "domain/directory_port.h"
#include "domain/transaction.h"
#include "http/api_parts.h"
#include "http/routes.h"

namespace parley::routes {

/// Up means that the database answers too.
void health(ApiParts& parts, const ExchangePtr& exchange) {
    parts.store.read([](Transaction& tx) { return tx.directory.evening(EveningId{1}).has_value(); });
    exchange->answer(Response{200, {{"Content-Type", "text/plain"}, {"Cache-Control", "no-store"}}, "up\n"});
}

}  // namespace parley::routes
