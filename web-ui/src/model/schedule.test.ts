import { expect, it } from 'vitest';
import { appointment, moment } from './page_test_states';
import { scheduleAt } from './schedule';

const first = appointment('18:00', { id: 1 });
const second = appointment('18:10', { id: 2 });
const third = appointment('18:20', { id: 3 });
const all = [third, first, second];

it('T1 shows before the evening what comes first', () => {
  expect(scheduleAt(all, moment('12:00'))).toEqual({ now: [], next: first, later: [second, third], earlier: [] });
});

it('T1 moves on by itself', () => {
  expect(scheduleAt(all, moment('18:00'))).toEqual({ now: [first], next: second, later: [third], earlier: [] });
  expect(scheduleAt(all, moment('18:11'))).toEqual({ now: [second], next: third, later: [], earlier: [first] });
  expect(scheduleAt(all, moment('19:00'))).toEqual({ now: [], next: null, later: [], earlier: [first, second, third] });
});

it('T1 counts a call as running whose people are early', () => {
  const early = { ...second, waiting: 1 };
  expect(scheduleAt([first, early], moment('18:06')).now).toEqual([first, early]);
  expect(scheduleAt([first, { ...second, in_call: 2 }], moment('18:06')).now).toHaveLength(2);
});

it('T1 keeps the last half minute of one beside the beginning of the next', () => {
  expect(scheduleAt(all, moment('18:10') + 10_000).now).toEqual([first, second]);
});
