import { describe, expect, it } from 'vitest';
import { step } from './call';
import { backoff } from './call_claims';
import { readServerEvent, type ServerEvent } from './call_events';
import {
  golden, heard, seat, granted, refused, after, grant, lobby, joining, connecting, connected, waiting, down, knockedOut, at, seated,
} from './call_test_states';

describe('every golden event', () => {
  it.each(golden.map((one) => [one.name, one.data] as const))('%s is understood', (name, data) => {
    expect(readServerEvent(name, data)?.type).toBe(name);
  });
  it.each(golden.map((one) => one.name as ServerEvent['type']))('%s, of another call, changes nothing', (name) => {
    const event = heard(name, { call: 99 });
    if (event.type !== 'server' || !('call' in event.event)) return;
    for (const state of [lobby, joining, connected, waiting, down]) expect(step(state, event)).toBe(state);
  });
  it.each(golden.map((one) => one.name as ServerEvent['type']))('%s, repeated, changes the phase only once', (name) => {
    for (const state of [lobby, joining, connecting, connected, waiting, down, knockedOut]) {
      const once = step(state, heard(name));
      const twice = step(once, heard(name));
      expect(at(twice)).toBe(at(once));
    }
  });
  it('that is unknown or malformed is refused', () => {
    expect(readServerEvent('surprise', {})).toBeNull();
    expect(readServerEvent('roster', { call: 17 })).toBeNull();
    expect(readServerEvent('hello', { now: 'yesterday' })).toBeNull();
    expect(readServerEvent('queue', null)).toBeNull();
  });
});

describe('lobby', () => {
  it('loads, and shows who is there', () => {
    expect(lobby.phase).toEqual({ at: 'lobby', lobby: 'open', opensAt: 0 });
    expect(step(lobby, heard('roster')).roster.people[0]?.name).toBe('Ada Osei');
  });
  it('counts down when it is early, and loads again when the time has come', () => {
    const early = after([{ type: 'load_refused', refused: { error: 'call_not_open', opensAt: 9000, retryAfter: null } }]);
    expect(early.phase).toEqual({ at: 'lobby', lobby: 'early', opensAt: 9000 });
    expect(step(early, { type: 'tick', now: 8999 })).toBe(early);
    expect(step(early, { type: 'press_join' })).toBe(early);
    expect(step(early, { type: 'tick', now: 9000 }).phase).toMatchObject({ lobby: 'loading' });
  });
  it('counts by the clock of the box', () => {
    const early = after([{ type: 'load_refused', refused: { error: 'call_not_open', opensAt: 9000, retryAfter: null } }]);
    const skewed = { ...early, clock: { ...early.clock, skew: 5000 } };
    expect(step(skewed, { type: 'tick', now: 4000 }).phase).toMatchObject({ lobby: 'loading' });
  });
  it.each([
    ['not_found', 'not_found'], ['not_a_video_appointment', 'not_video'], ['surprise', 'internal'],
  ])('fails with %s', (error, reason) => {
    const failed = after([{ type: 'load_refused', refused: { error, opensAt: null, retryAfter: null } }]);
    expect(failed.phase).toEqual({ at: 'failed', reason, during: 'lobby' });
    expect(step(failed, { type: 'press_retry' }).phase).toMatchObject({ at: 'lobby', lobby: 'loading' });
  });
  it('comes back by itself when the network does', () => {
    const failed = after([{ type: 'load_lost' }]);
    expect(failed.phase).toMatchObject({ at: 'failed', reason: 'unreachable' });
    expect(step(failed, { type: 'network', up: true }).phase).toMatchObject({ at: 'lobby', lobby: 'loading' });
  });
  it('of a call that is over leads on', () => {
    expect(at(after([{ type: 'load_refused', refused: { error: 'call_over', opensAt: null, retryAfter: null } }]))).toBe('ended');
  });
  it('ignores a late answer, and events for people in the call', () => {
    expect(step(connected, { type: 'load_lost' })).toBe(connected);
    expect(at(step(lobby, heard('knocked_out')))).toBe('lobby');
    expect(at(step(lobby, heard('let_in')))).toBe('lobby');
    expect(at(step(lobby, heard('reconnect')))).toBe('lobby');
  });
});

describe('joining', () => {
  it('claims without resume, once', () => {
    expect(joining.claim).toEqual({ number: 1, resume: false, attempt: 0, delay: 0 });
    expect(step(joining, { type: 'press_join' })).toBe(joining);
  });
  it('ends in a seat, with the box\'s clock', () => {
    expect(connecting.phase).toMatchObject({ at: 'seated', seat, index: 1, link: 'connecting' });
    expect(connecting.clock).toEqual({ skew: 4000, endsAt: 600_000, closesAt: 630_000 });
    expect(connecting.claim).toBeNull();
    expect(seated(connected).link).toBe('connected');
  });
  it.each([
    ['taken_over', 'knocked_out'], ['call_over', 'ended'], ['not_signed_in', 'removed'], ['link_removed', 'removed'],
    ['queue_full', 'failed'], ['box_full', 'failed'], ['media_unavailable', 'failed'], ['surprise', 'failed'],
  ])('refused with %s becomes %s', (error, phase) => {
    const end = step(joining, refused(1, error));
    expect(at(end)).toBe(phase);
    expect(end.claim).toBeNull();
  });
  it('that turns out to be early goes back to the lobby', () => {
    expect(step(joining, refused(1, 'call_not_open', { opensAt: 7 })).phase).toEqual({ at: 'lobby', lobby: 'early', opensAt: 7 });
  });
  it('waits as long as it is told to', () => {
    expect(step(joining, refused(1, 'too_many_requests', { retryAfter: 7 })).claim).toMatchObject({ number: 2, delay: 7000, resume: false });
  });
  it('tries again with growing pauses, then says so', () => {
    let state = joining;
    const delays: number[] = [];
    while (state.claim) {
      delays.push(state.claim.delay);
      state = step(state, { type: 'claim_lost', claim: state.claim.number });
    }
    expect(delays).toEqual([0, 300, 600, 1200, 2400, 4800]);
    expect(state.phase).toEqual({ at: 'failed', reason: 'unreachable', during: 'join' });
    expect(at(step(state, { type: 'press_retry' }))).toBe('joining');
  });
  it('ignores answers to an earlier claim', () => {
    const second = step(joining, { type: 'claim_lost', claim: 1 });
    expect(step(second, { type: 'seat_granted', claim: 1, seat: granted(), now: 0 })).toBe(second);
    expect(step(second, refused(1, 'box_full'))).toBe(second);
    expect(step(second, { type: 'queued', claim: 1, place: 1 })).toBe(second);
  });
  it('is not stopped by a knock-out of an earlier seat (M9)', () => {
    const again = step(knockedOut, { type: 'press_join' });
    expect(step(again, heard('knocked_out'))).toBe(again);
  });
});

describe('waiting (M12)', () => {
  it('shows the place and moves up', () => {
    expect(waiting.phase).toEqual({ at: 'waiting', place: 2, letIn: false });
    expect(step(waiting, heard('queue')).phase).toMatchObject({ place: 1 });
  });
  it('claims with resume when let in, once', () => {
    const letIn = step(waiting, heard('let_in'));
    expect(letIn.claim).toMatchObject({ number: 2, resume: true });
    expect(step(letIn, heard('let_in')).claim).toEqual(letIn.claim);
    expect(at(grant(letIn))).toBe('seated');
  });
  it('goes on when somebody was quicker', () => {
    const letIn = step(waiting, heard('let_in'));
    expect(step(letIn, { type: 'queued', claim: 2, place: 1 }).phase).toEqual({ at: 'waiting', place: 1, letIn: false });
  });
  it('heeds a let-in and a place that overtook the answer', () => {
    const early = after([heard('queue'), heard('let_in'), { type: 'queued', claim: 1, place: 3 }], joining);
    expect(early.phase).toEqual({ at: 'waiting', place: 1, letIn: true });
    expect(early.claim).toMatchObject({ number: 2, resume: true });
  });
  it('asks for its place again after the stream was away', () => {
    expect(step(waiting, heard('hello')).claim).toMatchObject({ resume: true });
  });
  it('never gives up while the network is away', () => {
    let state = step(waiting, heard('hello'));
    for (let n = 0; n < 20; ++n) state = step(state, { type: 'claim_lost', claim: state.claim?.number ?? -1 });
    expect(at(state)).toBe('waiting');
    expect(state.claim).toMatchObject({ resume: true, delay: 5000 });
  });
  it('ends by a knock-out, a removal, the end, or by leaving', () => {
    expect(at(step(waiting, heard('knocked_out')))).toBe('knocked_out');
    expect(at(step(waiting, heard('removed')))).toBe('removed');
    expect(at(step(waiting, heard('ended')))).toBe('ended');
    expect(at(step(waiting, { type: 'press_leave' }))).toBe('left');
  });
});

describe('ends', () => {
  it('knocked out stays so until the person presses (M9)', () => {
    expect(at(knockedOut)).toBe('knocked_out');
    expect(step(knockedOut, { type: 'link_down', seat })).toBe(knockedOut);
    expect(step(knockedOut, { type: 'press_join' }).claim).toMatchObject({ resume: false });
  });
  it('removed says why, whichever word comes first (M8)', () => {
    const one = after([heard('removed'), heard('signed_out')], connected);
    const other = after([heard('signed_out'), heard('removed')], connected);
    expect(one.phase).toEqual({ at: 'removed', why: 'removed' });
    expect(other.phase).toEqual({ at: 'removed', why: 'removed' });
    expect(step(connected, heard('signed_out')).phase).toEqual({ at: 'removed', why: 'signed_out' });
  });
  it('removed cannot be undone by a press or by late words', () => {
    const removed = step(connected, heard('removed'));
    for (const event of [{ type: 'press_join' }, { type: 'press_retry' }, heard('ended'), heard('reconnect'), heard('knocked_out')] as const) {
      expect(step(removed, event).phase).toBe(removed.phase);
    }
  });
  it('ended leads to the next appointment (C2)', () => {
    expect(step(connected, heard('ended')).phase).toEqual({ at: 'ended', next: 18 });
    expect(step(connected, heard('ended', { next: null })).phase).toEqual({ at: 'ended', next: null });
    expect(step(down, heard('ended')).claim).toBeNull();
  });
  it('ended by the page\'s own clock when the box cannot be heard', () => {
    expect(step(down, { type: 'tick', now: 627_000 })).toBe(down);
    expect(step(down, { type: 'tick', now: 627_600 }).phase).toEqual({ at: 'ended', next: 18 });
    expect(at(step(knockedOut, { type: 'tick', now: 900_000 }))).toBe('knocked_out');
  });
  it('moves with the clock of the box', () => {
    const moved = step(connected, heard('clock'));
    expect(moved.clock.endsAt).toBe(Date.parse('2026-11-23T18:10:00Z'));
    expect(moved.clock.skew).toBe(Date.parse('2026-11-23T18:00:00Z') - 1000);
  });
  it('left is left, and can be joined again', () => {
    const left = step(connected, { type: 'press_leave' });
    expect(at(left)).toBe('left');
    expect(step(left, heard('reconnect')).claim).toBeNull();
    expect(at(step(left, { type: 'press_join' }))).toBe('joining');
    expect(step(lobby, { type: 'press_leave' })).toBe(lobby);
  });
});

describe('small things', () => {
  it('the limit is kept with its seat', () => {
    expect(step(joining, heard('limit')).limit).toEqual({ seat, maxBitrate: 800_000 });
  });
  it('a change elsewhere is none of the call\'s', () => {
    expect(step(connected, heard('changed'))).toBe(connected);
  });
  it('mute and camera are remembered', () => {
    expect(step(connected, { type: 'own', muted: true, cameraOff: false }).own).toEqual({ muted: true, cameraOff: false });
  });
  it('pauses grow from 0.3 s to 5 s', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 60].map(backoff)).toEqual([0, 300, 600, 1200, 2400, 4800, 5000, 5000]);
  });
});
