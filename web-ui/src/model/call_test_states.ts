// A call in each of its phases, and the box's golden events, for the tests of src/model/call*.
import { readFileSync } from 'node:fs';
import { step } from './call';
import { readServerEvent, type CallEvent, type GrantedSeat, type ServerEvent } from './call_events';
import { initialCall, type CallState, type Seated } from './call_state';

export const golden = readFileSync(new URL('../../../tests/golden/events.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { name: string; data: Record<string, unknown> });

/** The golden example of an event, with some fields changed. */
export function heard(name: ServerEvent['type'], change: Record<string, unknown> = {}): CallEvent {
  const example = golden.find((one) => one.name === name);
  const event = readServerEvent(name, { ...example?.data, ...change });
  if (!event) throw new Error(`no example of ${name}`);
  return { type: 'server', event, now: 1000 };
}

const call = 17;
export const seat = '0123456789abcdef0123456789abcdef';
const next = { id: 18, startsAt: 0, title: 'Physics' };
const person = { role: 'teacher', name: 'Ada Osei', muted: false, cameraOff: false, link: 'connected' } as const;
export const granted = (change: Partial<GrantedSeat> = {}): GrantedSeat => ({
  seat, index: 1, offer: { sdp: 'v=0', iceServers: [] }, roster: { waiting: 0, people: [{ ...person, index: 0 }] },
  now: 5000, endsAt: 600_000, closesAt: 630_000, ...change,
});
export const loaded: CallEvent = {
  type: 'loaded',
  now: 1000,
  call: {
    info: { student: 'Sam', subject: 'Maths', teachers: ['Ada Osei'], ownName: 'Alex Morgan', startsAt: 0, next },
    roster: { waiting: 0, people: [] }, now: 1000, opensAt: 0, endsAt: 600_000, closesAt: 630_000,
  },
};
export const refused = (claim: number, error: string, more: { opensAt?: number; retryAfter?: number } = {}): CallEvent => ({
  type: 'claim_refused', claim, refused: { error, opensAt: more.opensAt ?? null, retryAfter: more.retryAfter ?? null },
});

export const after = (events: readonly CallEvent[], from: CallState = initialCall(call)): CallState => events.reduce(step, from);
export const grant = (state: CallState, change: Partial<GrantedSeat> = {}): CallState =>
  step(state, { type: 'seat_granted', claim: state.claim?.number ?? -1, seat: granted(change), now: 1000 });

export const lobby = after([loaded]);
export const joining = step(lobby, { type: 'press_join' });
export const connecting = grant(joining);
export const connected = step(connecting, { type: 'link_up', seat });
export const waiting = step(joining, { type: 'queued', claim: 1, place: 2 });
export const down = step(connected, { type: 'link_down', seat });
export const knockedOut = step(connected, heard('knocked_out'));
export const at = (state: CallState): string => state.phase.at;
export const seated = (state: CallState): Seated => {
  if (state.phase.at !== 'seated') throw new Error(`not seated but ${state.phase.at}`);
  return state.phase;
};
