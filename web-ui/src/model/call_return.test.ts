import { describe, expect, it } from 'vitest';
import { step } from './call';
import {
  heard, seat, refused, after, grant, lobby, connecting, connected, down, at, seated,
} from './call_test_states';

describe('a lost connection (C4)', () => {
  it('that worked is claimed again at once, with resume', () => {
    expect(seated(down)).toMatchObject({ link: 'reconnecting', index: 1, seat });
    expect(down.claim).toEqual({ number: 2, resume: true, attempt: 0, delay: 0 });
  });
  it('is claimed once, however often it is reported', () => {
    expect(step(down, { type: 'link_down', seat })).toBe(down);
    expect(step(down, { type: 'seat_gone', seat })).toBe(down);
    expect(step(down, heard('seat_failed'))).toBe(down);
  });
  it('of an earlier seat is no news', () => {
    const back = grant(down, { seat: 'new' });
    expect(step(back, { type: 'link_down', seat })).toBe(back);
    expect(step(back, { type: 'link_up', seat })).toBe(back);
    expect(seated(step(back, { type: 'link_up', seat: 'new' })).link).toBe('connected');
  });
  it.each(['link_down', 'seat_gone'] as const)('%s leads back', (type) => {
    expect(step(connected, { type, seat }).claim?.resume).toBe(true);
  });
  it.each(['reconnect', 'seat_failed'] as const)('%s of the box leads back', (name) => {
    expect(step(connected, heard(name)).claim).toMatchObject({ resume: true, delay: 0 });
  });
  it('keeps claiming while the network is away, and at once when it is back', () => {
    let state = step(down, { type: 'network', up: false });
    for (let n = 0; n < 30; ++n) state = step(state, { type: 'claim_lost', claim: state.claim?.number ?? -1 });
    expect(state.claim).toMatchObject({ resume: true, delay: 5000 });
    expect(state.offline).toBe(true);
    const back = step(state, { type: 'network', up: true });
    expect(back.claim).toMatchObject({ resume: true, delay: 0, attempt: 0 });
    expect(back.claim?.number).toBe((state.claim?.number ?? 0) + 1);
    expect(back.offline).toBe(false);
  });
  it('is noticed when the network goes', () => {
    expect(seated(step(connected, { type: 'network', up: false })).link).toBe('reconnecting');
    expect(step(lobby, { type: 'network', up: false }).phase).toBe(lobby.phase);
  });
  it.each(['box_full', 'media_unavailable', 'surprise'])('keeps trying when the box says %s', (error) => {
    const state = step(down, refused(2, error));
    expect(seated(state).link).toBe('reconnecting');
    expect(state.claim).toMatchObject({ resume: true, delay: 300 });
  });
  it('does not fight for a seat that another page took (M9)', () => {
    const state = step(down, refused(2, 'taken_over'));
    expect(at(state)).toBe('knocked_out');
    for (const event of [heard('reconnect'), heard('hello'), heard('let_in'), { type: 'network', up: true } as const]) {
      expect(step(state, event).claim).toBeNull();
    }
  });
  it('with no seat left waits in the queue', () => {
    expect(at(step(down, { type: 'queued', claim: 2, place: 1 }))).toBe('waiting');
  });
  it('slows down when connections come to nothing', () => {
    let state = down;
    const delays: number[] = [];
    for (let n = 0; n < 4; ++n) {
      state = step(grant(state, { seat: `s${n}` }), { type: 'link_down', seat: `s${n}` });
      delays.push(state.claim?.delay ?? -1);
    }
    expect(delays).toEqual([300, 600, 1200, 2400]);
  });
  it('that never worked is tried twice, then explained', () => {
    const second = step(connecting, { type: 'link_down', seat });
    expect(seated(second).link).toBe('connecting');
    const end = step(grant(second, { seat: 'b' }), heard('seat_failed', { seat: 'b' }));
    expect(end.phase).toEqual({ at: 'failed', reason: 'no_route', during: 'join' });
    const other = step(grant(second, { seat: 'b' }), heard('seat_failed', { seat: 'b', reason: 'sdp_invalid' }));
    expect(other.phase).toMatchObject({ reason: 'internal' });
  });
  it('is noticed when the restarted box does not know the seat', () => {
    const stranger = after([heard('hello'), heard('roster')], connected);
    expect(stranger.claim).toMatchObject({ resume: true });
    const known = heard('roster', { people: [{ index: 1, role: 'parent', name: 'Alex', muted: false, camera_off: false, link: 'connected' }] });
    expect(after([heard('hello'), known], connected).claim).toBeNull();
    expect(step(connected, heard('roster')).claim).toBeNull();
  });
});
