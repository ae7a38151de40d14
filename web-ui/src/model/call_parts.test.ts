import { describe, expect, it } from 'vitest';
import { digits, passedMark, remaining } from './call_clock';
import { readGrantedSeat, readLoadedCall, readPlace, readRefusal } from './call_events';
import { problemOf } from './call_media';
import { initials, others, rosterChanges, slotOf } from './call_roster';
import { hear, silent } from './call_speaking';
import type { Person } from './call_state';
import { look, startWatchdog, suspect } from './call_watchdog';

const person = (index: number, name: string, change: Partial<Person> = {}): Person => ({
  index, name, role: 'teacher', muted: false, cameraOff: false, link: 'connected', ...change,
});

describe('roster', () => {
  it('every viewer sees the three others in slots 0, 1, 2', () => {
    for (const viewer of [0, 1, 2, 3]) {
      expect([0, 1, 2, 3].filter((seat) => seat !== viewer).map((seat) => slotOf(viewer, seat))).toEqual([0, 1, 2]);
    }
  });
  it('others are all but oneself', () => {
    expect(others({ waiting: 0, people: [person(0, 'Ada'), person(2, 'Bo')] }, 2).map((one) => one.name)).toEqual(['Ada']);
  });
  it('tells who came and who left, and nothing about mute or connection', () => {
    const before = [person(0, 'Ada'), person(1, 'Bo')];
    const after = [person(0, 'Ada', { muted: true, link: 'lost' }), person(1, 'Cy')];
    expect(rosterChanges(before, after).joined.map((one) => one.name)).toEqual(['Cy']);
    expect(rosterChanges(before, after).left.map((one) => one.name)).toEqual(['Bo']);
  });
  it.each([['Alex Morgan', 'AM'], ['Zoë "Zo" Müller-Łukasz', 'ZM'], ['ليلى حسن', 'لح'], ['Ms Ada  Osei ', 'MO'], ['Cher', 'C'], ['', '']])(
    'initials of %s', (name, letters) => expect(initials(name)).toBe(letters),
  );
});

describe('clock (C2)', () => {
  const clock = { skew: 1000, endsAt: 601_000, closesAt: 631_000 };
  it('counts to the end, then to the closing', () => {
    expect(remaining(clock, 0)).toEqual({ until: 'talk', seconds: 600 });
    expect(remaining(clock, 600_000)).toEqual({ until: 'close', seconds: 30 });
    expect(remaining(clock, 700_000)).toEqual({ until: 'close', seconds: 0 });
    expect(remaining({ skew: 0, endsAt: null, closesAt: null }, 0)).toBeNull();
  });
  it.each([[7, '0:07'], [65, '1:05'], [600, '10:00'], [3909, '1:05:09']])('%d s reads %s', (seconds, text) => {
    expect(digits(seconds)).toBe(text);
  });
  it('is said aloud at five minutes and at one, once, and not for what a sleep skipped', () => {
    const left = (seconds: number) => ({ until: 'talk', seconds }) as const;
    expect(passedMark(left(301), left(300))).toBe(300);
    expect(passedMark(left(300), left(299))).toBeNull();
    expect(passedMark(left(61), left(59))).toBe(60);
    expect(passedMark(left(400), left(30))).toBe(60);
    expect(passedMark(null, left(200))).toBeNull();
  });
});

describe('watchdog (C4)', () => {
  const sample = (now: number, received: number, sending = true) => ({ now, received, sending });
  const run = (samples: readonly ReturnType<typeof sample>[]) => samples.reduce(look, startWatchdog(0));
  it('is content while something comes in', () => {
    expect(run([1, 2, 3, 4, 5, 6].map((s) => sample(s * 1000, s))).stalled).toBe(false);
  });
  it('bites after four seconds of nothing', () => {
    const samples = [1, 2, 3, 4, 5].map((s) => sample(s * 1000, 7));
    expect(run(samples.slice(0, 4)).stalled).toBe(false);
    expect(run(samples).stalled).toBe(true);
  });
  it('has more patience with somebody who sends nothing', () => {
    expect(run([1, 2, 3, 4, 5, 6, 7, 8].map((s) => sample(s * 1000, 7, false))).stalled).toBe(false);
  });
  it('judges quickly after a sleep, but not by what had waited in a buffer', () => {
    const dog = run([sample(1000, 5)]);
    const awake = look(dog, sample(61_000, 9));
    expect(awake.stalled).toBe(false);
    expect(look(look(awake, sample(62_000, 9)), sample(63_000, 9)).stalled).toBe(true);
    expect(look(look(awake, sample(62_000, 10)), sample(63_000, 10)).stalled).toBe(false);
  });
  it('does not put off its judgement when it is woken twice', () => {
    const dog = suspect(run([sample(1000, 5)]), 2000);
    expect(suspect(dog, 3000)).toBe(dog);
  });
});

describe('speaking', () => {
  it('goes on at once, and off after a pause only', () => {
    const on = hear(silent, 0.1, 0);
    expect(on.on).toBe(true);
    expect(hear(on, 0, 600).on).toBe(true);
    expect(hear(on, 0, 700).on).toBe(false);
  });
  it('needs more to go on than to stay on', () => {
    expect(hear(silent, 0.008, 0).on).toBe(false);
    expect(hear(hear(silent, 0.1, 0), 0.008, 900).on).toBe(true);
  });
});

describe('devices (C8)', () => {
  it.each([
    ['NotAllowedError', 'denied'], ['NotFoundError', 'missing'], ['NotReadableError', 'busy'], ['TypeError', 'unsupported'],
    ['Surprise', 'broken'],
  ])('%s means %s', (name, problem) => expect(problemOf(name)).toBe(problem));
});

describe('answers of the box', () => {
  const roster = { call: 17, waiting: 0, people: [] };
  const times = { now: '2026-11-23T18:00:00Z', ends_at: '2026-11-23T18:10:00Z', closes_at: '2026-11-23T18:10:30Z' };
  it('a seat', () => {
    const read = readGrantedSeat({ seat: 'a', index: 2, sdp: 'v=0', ice_servers: [{ urls: ['turn:x'], username: 'u', credential: 'c' }], roster, ...times });
    expect(read).toMatchObject({ seat: 'a', index: 2, offer: { sdp: 'v=0', iceServers: [{ urls: ['turn:x'], username: 'u', credential: 'c' }] } });
    expect(readGrantedSeat({ seat: 'a' })).toBeNull();
  });
  it('a place', () => {
    expect(readPlace({ place: 2 })).toBe(2);
    expect(readPlace({})).toBeNull();
  });
  it('the lobby', () => {
    const appointment = {
      id: 17, student: { id: 1, first_name: 'Sam' }, class: { id: 1, name: '9B', subject: 'Maths' },
      teachers: [{ id: 1, name: 'Ada Osei' }], starts_at: times.now, ends_at: times.ends_at, mode: 'video', join: { state: 'open' },
    };
    const read = readLoadedCall({ appointment, own_name: 'Alex', opens_at: times.now, starts_at: times.now, next: { ...appointment, id: 18 }, roster, ...times });
    expect(read?.info).toMatchObject({ student: 'Sam', subject: 'Maths', teachers: ['Ada Osei'], ownName: 'Alex', next: { id: 18 } });
    expect(readLoadedCall({ appointment, own_name: 'Alex', opens_at: times.now, starts_at: times.now, roster, ...times })?.info.next).toBeNull();
  });
  it('a refusal, and a body that is none', () => {
    expect(readRefusal({ error: 'call_not_open', message: '', opens_at: times.now })).toEqual({
      error: 'call_not_open', opensAt: Date.parse(times.now), retryAfter: null,
    });
    expect(readRefusal(null).error).toBe('internal');
  });
});
