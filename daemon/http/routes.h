#pragma once
#include "http/api_exchange.h"

namespace parley {

struct ApiParts;

/// What answers each row of the route table, by its operationId of openapi.yaml. Each one parses, asks the domain, and
/// shapes the reply.
namespace routes {

void health(ApiParts&, const ExchangePtr&);
void school(ApiParts&, const ExchangePtr&);
void open_session(ApiParts&, const ExchangePtr&);
void session(ApiParts&, const ExchangePtr&);
void close_session(ApiParts&, const ExchangePtr&);
void request_sign_in(ApiParts&, const ExchangePtr&);
void my_bookings(ApiParts&, const ExchangePtr&);
void choices(ApiParts&, const ExchangePtr&);
void book(ApiParts&, const ExchangePtr&);
void cancel(ApiParts&, const ExchangePtr&);
void invites(ApiParts&, const ExchangePtr&);
void invite(ApiParts&, const ExchangePtr&);
void resend_invite(ApiParts&, const ExchangePtr&);
void remove_invite(ApiParts&, const ExchangePtr&);
void schedule(ApiParts&, const ExchangePtr&);
void visit(ApiParts&, const ExchangePtr&);
void call(ApiParts&, const ExchangePtr&);
void claim_seat(ApiParts&, const ExchangePtr&);
void stop_waiting(ApiParts&, const ExchangePtr&);
void answer(ApiParts&, const ExchangePtr&);
void add_candidates(ApiParts&, const ExchangePtr&);
void set_status(ApiParts&, const ExchangePtr&);
void leave(ApiParts&, const ExchangePtr&);
void events(ApiParts&, const ExchangePtr&);

}  // namespace routes

}  // namespace parley
