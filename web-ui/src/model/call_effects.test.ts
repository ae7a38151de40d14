import { describe, expect, it } from 'vitest';
import { step } from './call';
import { effects, type CallEffect } from './call_effects';
import type { CallEvent, GrantedSeat } from './call_events';
import { initialCall, type CallState } from './call_state';

const seat: GrantedSeat = {
  seat: 'a', index: 0, offer: { sdp: 'v=0', iceServers: [] }, roster: { waiting: 0, people: [] }, now: 0, endsAt: 9, closesAt: 10,
};
const granted = (claim: number, name = 'a'): CallEvent => ({ type: 'seat_granted', claim, seat: { ...seat, seat: name }, now: 0 });
const loaded: CallEvent = {
  type: 'loaded',
  now: 0,
  call: {
    info: { student: 'Sam', subject: 'Maths', teachers: [], ownName: 'Alex', startsAt: 0, next: null },
    roster: { waiting: 0, people: [] }, now: 0, opensAt: 0, endsAt: 9, closesAt: 10,
  },
};
const after = (...events: CallEvent[]): CallState => events.reduce(step, initialCall(17));
const does = (state: CallState, event: CallEvent): readonly CallEffect[] => effects(state, step(state, event));
const names = (state: CallState, event: CallEvent): readonly string[] => does(state, event).map((one) => one.do);

const lobby = after(loaded);
const joining = after(loaded, { type: 'press_join' });
const seated = step(joining, granted(1));
const connected = step(seated, { type: 'link_up', seat: 'a' });
const waiting = step(joining, { type: 'queued', claim: 1, place: 1 });
const limit: CallEvent = { type: 'server', now: 0, event: { type: 'limit', call: 17, seat: 'a', maxBitrate: 500 } };

describe('what follows', () => {
  it('from pressing Join: a claim', () => {
    expect(names(lobby, { type: 'press_join' })).toEqual(['claim']);
  });
  it('from a seat: connect, tell mute and camera, stay awake', () => {
    expect(names(joining, granted(1))).toEqual(['drop_claim', 'connect', 'status', 'stay_awake']);
  });
  it('from a lost connection: a claim; the old connection is kept until the new one is up', () => {
    expect(names(connected, { type: 'link_down', seat: 'a' })).toEqual(['claim']);
    const down = step(connected, { type: 'link_down', seat: 'a' });
    expect(names(down, granted(2, 'b'))).toEqual(['drop_claim', 'connect', 'status']);
  });
  it('from a limit: once, for its own seat only, also when it came before the answer', () => {
    expect(does(connected, limit)).toEqual([{ do: 'limit', maxBitrate: 500 }]);
    expect(does(step(connected, limit), limit)).toEqual([]);
    expect(does(step(joining, limit), granted(1))).toContainEqual({ do: 'limit', maxBitrate: 500 });
    expect(does(step(joining, limit), granted(1, 'b')).map((one) => one.do)).not.toContain('limit');
  });
  it('from muting: only in a seat', () => {
    const muted: CallEvent = { type: 'own', muted: true, cameraOff: false };
    expect(does(connected, muted)).toEqual([{ do: 'status', seat: 'a', own: { muted: true, cameraOff: false } }]);
    expect(does(lobby, muted)).toEqual([]);
    expect(does(connected, { type: 'own', muted: false, cameraOff: false })).toEqual([]);
  });
  it('from leaving: the seat or the place is given back, the camera goes dark', () => {
    expect(does(connected, { type: 'press_leave' })).toEqual([
      { do: 'close_media' }, { do: 'leave', seat: 'a' }, { do: 'close' }, { do: 'stay_awake', on: false },
    ]);
    expect(names(waiting, { type: 'press_leave' })).toEqual(['close_media', 'stop_waiting', 'stay_awake']);
    expect(names(joining, { type: 'press_leave' })).toEqual(['close_media', 'drop_claim']);
  });
  it('from being put out: nothing is given back, the camera goes dark (M8, M9)', () => {
    for (const type of ['knocked_out', 'removed'] as const) {
      expect(names(connected, { type: 'server', now: 0, event: { type, call: 17 } })).toEqual(['close_media', 'close', 'stay_awake']);
    }
  });
  it('from using this device instead: camera and claim', () => {
    const out = step(connected, { type: 'server', now: 0, event: { type: 'knocked_out', call: 17 } });
    expect(names(out, { type: 'press_join' })).toEqual(['open_media', 'claim']);
  });
  it('from a route that cannot be found: the seat is given back', () => {
    const second = step(step(seated, { type: 'link_down', seat: 'a' }), granted(2, 'b'));
    expect(names(second, { type: 'link_down', seat: 'b' })).toEqual(['close_media', 'leave', 'close', 'stay_awake']);
  });
  it('from an early lobby whose time has come: it loads again', () => {
    const early = after({ type: 'load_refused', refused: { error: 'call_not_open', opensAt: 5, retryAfter: null } });
    expect(names(early, { type: 'tick', now: 5 })).toEqual(['load']);
  });
});
