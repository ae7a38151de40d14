import { describe, expect, it } from 'vitest';
import { className, fullName, hasStarted, joinAt, nextChange, partByTime } from './appointments';
import { appointment, at, moment, sam } from './page_test_states';

describe('joining', () => {
  const one = appointment('18:00');
  it('B9 lights up at the moment that the box named, without asking it again', () => {
    expect(joinAt(one, moment('17:55') - 1)).toEqual({ is: 'early', opensAt: moment('17:55') });
    expect(joinAt(one, moment('17:55'))).toEqual({ is: 'open' });
  });
  it('is possible until the call closes, not only until the appointment ends', () => {
    expect(joinAt(one, moment('18:10')).is).toBe('open');
    expect(joinAt(one, moment('18:10') + 30_000).is).toBe('over');
  });
  it('is nothing at all for an appointment that is not a call', () => {
    expect(joinAt(appointment('18:00', { mode: 'in_person', join: { state: 'none' } }), moment('18:05'))).toEqual({ is: 'none' });
  });
  it('follows the word of the box where it names no times', () => {
    expect(joinAt({ ...one, join: { state: 'open' } }, moment('18:05')).is).toBe('open');
    expect(joinAt({ ...one, join: { state: 'over' } }, moment('18:05')).is).toBe('over');
  });
  it('ends with the appointment where the box names no closing time', () => {
    expect(joinAt({ ...one, join: { state: 'open', opens_at: at('17:55') } }, moment('18:10')).is).toBe('over');
  });
});

describe('the list', () => {
  const first = appointment('18:00', { id: 1 });
  const second = appointment('18:10', { id: 2 });
  const third = appointment('18:20', { id: 3 });
  const ids = (of: readonly { id: number }[]): number[] => of.map(({ id }) => id);

  it('is in the order of the times, whatever the order of the answer', () => {
    expect(ids(partByTime([third, first, second], moment('12:00')).coming)).toEqual([1, 2, 3]);
  });
  it('orders what is at the same time in the same way every time', () => {
    expect(ids(partByTime([{ ...first, id: 9 }, first], moment('12:00')).coming)).toEqual([1, 9]);
  });
  it('parts what is over from what is coming', () => {
    const { coming, earlier } = partByTime([first, second, third], moment('18:15'));
    expect(ids(earlier)).toEqual([1]);
    expect(ids(coming)).toEqual([2, 3]);
  });
  it('keeps a call among the coming ones for as long as it can be joined', () => {
    expect(ids(partByTime([first], moment('18:10') + 29_000).coming)).toEqual([1]);
    expect(ids(partByTime([first], moment('18:10') + 30_000).earlier)).toEqual([1]);
  });
  it('puts an appointment in person away as soon as it has ended', () => {
    const there = appointment('18:00', { mode: 'in_person', join: { state: 'none' } });
    expect(partByTime([there], moment('18:10')).coming).toEqual([]);
  });
});

describe('the next change', () => {
  const one = appointment('18:00');
  it('names each moment at which something looks different, one after the other', () => {
    const steps: number[] = [];
    for (let now: number | null = moment('12:00'); (now = nextChange([one], now)) !== null;) steps.push(now);
    expect(steps).toEqual([moment('17:55'), moment('18:00'), moment('18:10'), moment('18:10') + 30_000]);
  });
  it('is none without appointments', () => {
    expect(nextChange([], moment('18:00'))).toBeNull();
  });
});

it('counts an appointment as begun from its first moment on', () => {
  expect(hasStarted(appointment('18:00'), moment('18:00') - 1)).toBe(false);
  expect(hasStarted(appointment('18:00'), moment('18:00'))).toBe(true);
});

it('says what is taught and to which group, each once', () => {
  const named = (subject: string, name: string) => className({ id: 5, subject, name });
  expect(named('Maths', '7B')).toEqual({ subject: 'Maths', group: '7B' });
  expect(named('English', 'Year 9 english')).toEqual({ subject: 'Year 9 english', group: '' });
  expect(named('Maths 7B', '7B')).toEqual({ subject: 'Maths 7B', group: '' });
  expect(named('', '')).toEqual({ subject: '', group: '' });
});

it('M13 calls a student by the first name where the box tells no more', () => {
  expect(fullName(sam)).toBe('Sam Morgan');
  expect(fullName({ id: 1, first_name: 'Sam' })).toBe('Sam');
});
