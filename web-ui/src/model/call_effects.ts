// What is to be done in the world when a call goes from one state to the next. Pure; carried out by src/rtc/session.ts.
import type { CallState, Claim, Offer, Own } from './call_state';

export type CallEffect =
  | { readonly do: 'load' }
  | { readonly do: 'claim'; readonly claim: Claim }
  | { readonly do: 'drop_claim'; readonly number: number }
  | { readonly do: 'connect'; readonly seat: string; readonly offer: Offer }
  | { readonly do: 'close' }
  | { readonly do: 'leave'; readonly seat: string }
  | { readonly do: 'stop_waiting' }
  | { readonly do: 'status'; readonly seat: string; readonly own: Own }
  | { readonly do: 'limit'; readonly maxBitrate: number }
  | { readonly do: 'open_media' }
  | { readonly do: 'close_media' }
  | { readonly do: 'stay_awake'; readonly on: boolean };

/** Phases in which the person looks into their own camera. */
export function wantsMedia({ phase }: CallState): boolean {
  return phase.at === 'lobby' || phase.at === 'joining' || phase.at === 'waiting' || phase.at === 'seated';
}

const loads = ({ phase }: CallState): boolean => phase.at === 'lobby' && phase.lobby === 'loading';
const seatOf = ({ phase }: CallState): string | null => (phase.at === 'seated' ? phase.seat : null);
const awake = ({ phase }: CallState): boolean => phase.at === 'waiting' || phase.at === 'seated';

const limitOf = (state: CallState): number | null =>
  state.limit !== null && state.limit.seat === seatOf(state) ? state.limit.maxBitrate : null;

export function effects(before: CallState, after: CallState): readonly CallEffect[] {
  return [
    ...mediaEffects(before, after),
    ...claimEffects(before, after),
    ...seatEffects(before, after),
    ...(loads(after) && !loads(before) ? [{ do: 'load' } as const] : []),
    ...(awake(after) !== awake(before) ? [{ do: 'stay_awake', on: awake(after) } as const] : []),
  ];
}

function mediaEffects(before: CallState, after: CallState): readonly CallEffect[] {
  if (wantsMedia(before) === wantsMedia(after)) return [];
  return [{ do: wantsMedia(after) ? 'open_media' : 'close_media' }];
}

function claimEffects(before: CallState, after: CallState): readonly CallEffect[] {
  if (before.claim?.number === after.claim?.number) return [];
  return [
    ...(before.claim ? [{ do: 'drop_claim', number: before.claim.number } as const] : []),
    ...(after.claim ? [{ do: 'claim', claim: after.claim } as const] : []),
  ];
}

/** A place is given back only by who walks away from it; all other ends are the box's own doing. */
function farewell(before: CallState, after: CallState): readonly CallEffect[] {
  const walksAway = after.phase.at === 'left' || after.phase.at === 'failed';
  if (!walksAway) return [];
  if (before.phase.at === 'seated') return [{ do: 'leave', seat: before.phase.seat }];
  return before.phase.at === 'waiting' ? [{ do: 'stop_waiting' }] : [];
}

function seatEffects(before: CallState, after: CallState): readonly CallEffect[] {
  const { phase } = after;
  if (phase.at !== 'seated') return before.phase.at === 'seated' ? [...farewell(before, after), { do: 'close' }] : farewell(before, after);
  const isNew = seatOf(before) !== phase.seat;
  const limit = limitOf(after);
  const ownChanged = before.own.muted !== after.own.muted || before.own.cameraOff !== after.own.cameraOff;
  return [
    ...(isNew ? [{ do: 'connect', seat: phase.seat, offer: phase.offer } as const] : []),
    ...(isNew || ownChanged ? [{ do: 'status', seat: phase.seat, own: after.own } as const] : []),
    ...(limit !== null && (isNew || limit !== limitOf(before)) ? [{ do: 'limit', maxBitrate: limit } as const] : []),
  ];
}
