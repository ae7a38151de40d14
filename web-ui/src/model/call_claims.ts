// Claims for a seat: when one is started, and what follows from its answer.
import { failReason, type GrantedSeat, type RefusedAnswer } from './call_events';
import { nothingHeard, type CallState, type FailReason, type Phase, type Seated } from './call_state';

/** 0, then 0.3 s doubled with every failure up to 5 s. */
export function backoff(failures: number): number {
  return failures <= 0 ? 0 : Math.min(5000, 300 * 2 ** (failures - 1));
}

/** So many tries of a first join without any answer, then the person is told. Somebody who was in the call never gives up. */
const lostJoins = 6;
/** So many connections that came to nothing, for somebody who was never connected. */
const missedFirst = 2;

export function startClaim(state: CallState, { resume, attempt = 0, delay = 0 }: { resume: boolean; attempt?: number; delay?: number }): CallState {
  const number = state.claims + 1;
  return { ...state, claims: number, claim: { number, resume, attempt, delay }, heard: nothingHeard };
}

/** Leaves for a phase in which nothing is claimed. */
export function settle(state: CallState, phase: Phase): CallState {
  return { ...state, phase, claim: null };
}

export function fail(state: CallState, reason: FailReason, during: 'lobby' | 'join' = 'join'): CallState {
  return settle(state, { at: 'failed', reason, during });
}

export function join(state: CallState): CallState {
  return startClaim({ ...state, phase: { at: 'joining' } }, { resume: false });
}

/** The connection of the seat is of no use any more: claim again, at once when it had worked. */
export function reconnect(state: CallState, seated: Seated, giveUp: FailReason = 'no_route'): CallState {
  const misses = seated.link === 'connected' ? 0 : seated.misses + 1;
  if (!seated.reached && misses >= missedFirst) return fail(state, giveUp);
  const link = seated.reached ? 'reconnecting' : 'connecting';
  return startClaim({ ...state, phase: { ...seated, link, misses } }, { resume: true, delay: backoff(misses) });
}

/** The same claim once more. */
function retryClaim(state: CallState, wait: number | null = null): CallState {
  const claim = state.claim;
  if (!claim) return state;
  const attempt = claim.attempt + 1;
  return startClaim(state, { resume: claim.resume, attempt, delay: wait ?? backoff(attempt) });
}

export function claimLost(state: CallState): CallState {
  if (state.phase.at === 'joining' && (state.claim?.attempt ?? 0) + 1 >= lostJoins) return fail(state, 'unreachable');
  return retryClaim(state);
}

export function seatGranted(state: CallState, granted: GrantedSeat, now: number): CallState {
  const before = state.phase.at === 'seated' ? state.phase : null;
  return settle(
    {
      ...state,
      roster: granted.roster,
      clock: { skew: granted.now - now, endsAt: granted.endsAt, closesAt: granted.closesAt },
      freshStream: false,
      offline: false,
    },
    {
      at: 'seated',
      seat: granted.seat,
      index: granted.index,
      offer: granted.offer,
      link: before?.reached ? 'reconnecting' : 'connecting',
      reached: before?.reached ?? false,
      misses: before?.misses ?? 0,
    },
  );
}

/** A let-in or a newer place may have overtaken the answer. */
export function queued(state: CallState, place: number): CallState {
  const { heard } = state;
  const waiting = settle(state, { at: 'waiting', place: heard.place ?? place, letIn: heard.letIn });
  return heard.letIn ? startClaim(waiting, { resume: true }) : waiting;
}

/** What every "no" means that ends the wish to be in this call; null when it is only a failure. */
export function finalRefusal(state: CallState, refused: RefusedAnswer): CallState | null {
  switch (refused.error) {
    case 'taken_over': return settle(state, { at: 'knocked_out' });
    case 'call_over':
    case 'evening_over': return settle(state, { at: 'ended', next: state.info?.next?.id ?? null });
    case 'not_signed_in':
    case 'link_unknown':
    case 'link_expired':
    case 'link_removed': return settle(state, { at: 'removed', why: 'signed_out' });
    case 'call_not_open':
      return refused.opensAt === null
        ? null
        : settle(state, { at: 'lobby', lobby: 'early', opensAt: refused.opensAt });
    default: return null;
  }
}

export function claimRefused(state: CallState, refused: RefusedAnswer): CallState {
  const final = finalRefusal(state, refused);
  if (final) return final;
  if (refused.error === 'too_many_requests') return retryClaim(state, 1000 * (refused.retryAfter ?? 1));
  const reason = failReason(refused.error);
  const passing = reason === 'media_unavailable' || reason === 'box_full' || reason === 'internal';
  // Who has a place keeps trying: the box may just be replacing the process that carried the call.
  if (passing && (state.phase.at === 'seated' || state.phase.at === 'waiting')) return retryClaim(state);
  return fail(state, reason);
}
