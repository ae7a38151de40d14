import { describe, expect, it } from 'vitest';
import { appointment, moment, robin, sam } from './page_test_states';
import { studentsOf, visitNews } from './visit';

const first = appointment('18:00', { id: 1 });
const second = appointment('18:30', { id: 2, student: robin });

describe('M13 a guest is told', () => {
  it('when the next one opens', () => expect(visitNews([second, first], moment('12:00'))).toEqual({ is: 'later', opensAt: moment('17:55') }));
  it('that one is open', () => expect(visitNews([first, second], moment('18:05'))).toEqual({ is: 'open' }));
  it('of the one after it', () => expect(visitNews([first, second], moment('18:15'))).toEqual({ is: 'later', opensAt: moment('18:25') }));
  it('that all are over', () => expect(visitNews([first, second], moment('20:00'))).toEqual({ is: 'over' }));
  it('that there are none', () => expect(visitNews([], moment('18:00'))).toEqual({ is: 'empty' }));
});

it('names each student once, in the order of their appointments', () => {
  expect(studentsOf([first, second, { ...first, id: 3 }])).toEqual(['Sam', 'Robin']);
  expect(studentsOf([first, { ...second, student: { id: 8, first_name: sam.first_name } }])).toEqual(['Sam', 'Sam']);
});
