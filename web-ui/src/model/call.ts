// The one rule of what a call page does: (state, event) -> state. Nothing here knows a clock, a network or a browser;
// what is to be done in the world follows from comparing two states (call_effects.ts).
import { claimLost, claimRefused, fail, finalRefusal, join, queued, reconnect, seatGranted, settle, startClaim } from './call_claims';
import { failReason, type CallEvent, type LoadedCall, type RefusedAnswer, type ServerEvent } from './call_events';
import type { CallState, Seated } from './call_state';

/** The box closes a call by itself; the page does it when it has heard nothing so long after. */
const closingSlack = 1500;

export function step(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case 'server': return onServer(state, event.event, event.now);
    case 'loaded': return onLoaded(state, event.call, event.now);
    case 'load_refused': return onLoadRefused(state, event.refused);
    case 'load_lost': return loading(state) ? fail(state, 'unreachable', 'lobby') : state;
    case 'seat_granted': return current(state, event.claim) ? seatGranted(state, event.seat, event.now) : state;
    case 'queued': return current(state, event.claim) ? queued(state, event.place) : state;
    case 'claim_refused': return current(state, event.claim) ? claimRefused(state, event.refused) : state;
    case 'claim_lost': return current(state, event.claim) ? claimLost(state) : state;
    case 'link_up': return onLinkUp(state, event.seat);
    case 'link_down':
    case 'seat_gone': return inSeat(state, event.seat, (seated) => reconnect(state, seated));
    case 'network': return onNetwork(state, event.up);
    case 'tick': return onTick(state, event.now);
    case 'own': return { ...state, own: { muted: event.muted, cameraOff: event.cameraOff } };
    case 'press_join': return canJoin(state) ? join(state) : state;
    case 'press_leave': return canLeave(state) ? settle(state, { at: 'left' }) : state;
    case 'press_retry': return onRetry(state);
  }
}

const loading = ({ phase }: CallState): boolean => phase.at === 'lobby' && phase.lobby === 'loading';

/** An answer to anything but the latest claim is late. */
const current = (state: CallState, claim: number): boolean => state.claim?.number === claim;

const canLeave = ({ phase }: CallState): boolean =>
  phase.at === 'joining' || phase.at === 'waiting' || phase.at === 'seated';

function canJoin({ phase }: CallState): boolean {
  switch (phase.at) {
    case 'lobby': return phase.lobby === 'open';
    case 'knocked_out':
    case 'left': return true;
    case 'failed': return phase.during === 'join';
    default: return false;
  }
}

/** Words about a seat count only while it is the one that we have and no other is being claimed in its place. */
function inSeat(state: CallState, seat: string, then: (seated: Seated) => CallState): CallState {
  const { phase, claim } = state;
  return phase.at === 'seated' && phase.seat === seat && !claim ? then(phase) : state;
}

function onServer(state: CallState, event: ServerEvent, now: number): CallState {
  if ('call' in event && event.call !== state.call) return state;
  switch (event.type) {
    case 'hello': return onHello({ ...state, clock: { ...state.clock, skew: event.now - now } });
    case 'roster': return onRoster({ ...state, roster: event.roster, freshStream: false }, state.freshStream);
    case 'queue': return onQueue(state, event.place);
    case 'let_in': return onLetIn(state);
    case 'knocked_out': return onKnockedOut(state);
    case 'removed': return onRemoved(state, 'removed');
    case 'signed_out': return onRemoved(state, 'signed_out');
    case 'clock':
      return { ...state, clock: { skew: event.now - now, endsAt: event.endsAt, closesAt: event.closesAt } };
    case 'ended': return over(state) ? state : settle(state, { at: 'ended', next: event.next });
    case 'limit': return { ...state, limit: { seat: event.seat, maxBitrate: event.maxBitrate } };
    case 'reconnect': return onReconnect(state);
    case 'seat_failed':
      return inSeat(state, event.seat, (seated) =>
        reconnect(state, seated, event.reason === 'no_route' ? 'no_route' : 'internal'));
    case 'changed': return state;
  }
}

/** Phases that no word of the box may take away: the person has been told, or has left. */
const over = ({ phase }: CallState): boolean => phase.at === 'ended' || phase.at === 'removed';

/** A stream that begins anew may have missed anything: a waiter's place may be gone, a seat too (see the roster). */
function onHello(state: CallState): CallState {
  const fresh = { ...state, freshStream: true, offline: false };
  if (state.phase.at === 'waiting' && !state.claim) return startClaim(fresh, { resume: true });
  return fresh;
}

/** The box was restarted while we sat, and does not know us: sit down again before the picture stops. */
function onRoster(state: CallState, fresh: boolean): CallState {
  const { phase, claim } = state;
  if (!fresh || phase.at !== 'seated' || claim) return state;
  const known = state.roster.people.some((person) => person.index === phase.index);
  return known ? state : reconnect(state, phase);
}

function onQueue(state: CallState, place: number): CallState {
  const heard = state.claim ? { ...state, heard: { ...state.heard, place } } : state;
  return state.phase.at === 'waiting' ? { ...heard, phase: { ...state.phase, place } } : heard;
}

function onLetIn(state: CallState): CallState {
  const { phase, claim } = state;
  if (phase.at === 'waiting') {
    const called: CallState = { ...state, phase: { ...phase, letIn: true } };
    return claim ? { ...called, heard: { ...called.heard, letIn: true } } : startClaim(called, { resume: true });
  }
  return phase.at === 'joining' ? { ...state, heard: { ...state.heard, letIn: true } } : state;
}

/**
 * While joining, the person has just asked for the seat on this page: a knock-out that comes now is about an earlier
 * seat. Should it be about this one, the box refuses what we do with it, and the answer to our return says so (M9).
 */
function onKnockedOut(state: CallState): CallState {
  const { phase } = state;
  return phase.at === 'waiting' || phase.at === 'seated' ? settle(state, { at: 'knocked_out' }) : state;
}

/** `removed` says more than `signed_out`, whichever comes first. */
function onRemoved(state: CallState, why: 'removed' | 'signed_out'): CallState {
  const { phase } = state;
  if (phase.at === 'ended' || (phase.at === 'removed' && (phase.why === 'removed' || why === 'signed_out'))) return state;
  return settle(state, { at: 'removed', why });
}

function onReconnect(state: CallState): CallState {
  const { phase } = state;
  if (phase.at === 'waiting') return startClaim(state, { resume: true });
  if (phase.at !== 'seated') return state;
  return startClaim({ ...state, phase: { ...phase, link: phase.reached ? 'reconnecting' : 'connecting' } }, { resume: true });
}

function onLinkUp(state: CallState, seat: string): CallState {
  const { phase } = state;
  if (phase.at !== 'seated' || phase.seat !== seat || phase.link === 'connected' || state.claim) return state;
  return { ...state, phase: { ...phase, link: 'connected', reached: true, misses: 0 } };
}

function onLoaded(state: CallState, call: LoadedCall, now: number): CallState {
  const known: CallState = {
    ...state,
    info: call.info,
    clock: { skew: call.now - now, endsAt: call.endsAt, closesAt: call.closesAt },
  };
  if (!loading(state)) return known;
  return { ...known, roster: call.roster, phase: { at: 'lobby', lobby: 'open', opensAt: call.opensAt } };
}

function onLoadRefused(state: CallState, refused: RefusedAnswer): CallState {
  if (!loading(state)) return state;
  return finalRefusal(state, refused) ?? fail(state, failReason(refused.error), 'lobby');
}

/** Told only when it changes. Back: whatever hangs or waits is started anew; gone: a connection will not carry on. */
function onNetwork(state: CallState, up: boolean): CallState {
  const { phase, claim } = state;
  const next = { ...state, offline: !up };
  if (!up) return phase.at === 'seated' && phase.link === 'connected' && !claim ? reconnect(next, phase) : next;
  if (claim) return startClaim(next, { resume: claim.resume });
  if (phase.at === 'failed' && phase.reason === 'unreachable') return onRetry(next);
  return next;
}

function onTick(state: CallState, now: number): CallState {
  const { phase, clock } = state;
  const serverNow = now + clock.skew;
  if (phase.at === 'lobby' && phase.lobby === 'early' && phase.opensAt !== null && serverNow >= phase.opensAt) {
    return { ...state, phase: { ...phase, lobby: 'loading' } };
  }
  const closed = clock.closesAt !== null && serverNow > clock.closesAt + closingSlack;
  const inside = phase.at === 'lobby' || canLeave(state);
  return closed && inside ? settle(state, { at: 'ended', next: state.info?.next?.id ?? null }) : state;
}

function onRetry(state: CallState): CallState {
  const { phase } = state;
  if (phase.at !== 'failed') return state;
  if (phase.during === 'join') return join(state);
  return settle(state, { at: 'lobby', lobby: 'loading', opensAt: null });
}
