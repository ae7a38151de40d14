import { describe, expect, it } from 'vitest';
import { byHour, canBook, choosing, firstMissing, noteLeft, nothingToBook } from './booking';
import { at, classChoice, robin, sam } from './page_test_states';

const nothing = { student: null, class: null, slot: null };
const maths = classChoice();
const art = classChoice({ id: 6, subject: 'Art', booked: at('19:00') });
const music = classChoice({ id: 7, subject: 'Music', slots: [] });
const onlySam = { students: [{ student: sam, classes: [maths, art, music] }] };
const both = { students: [...onlySam.students, { student: robin, classes: [maths] }] };

describe('what is chosen', () => {
  it('needs no choice of an only student', () => {
    expect(choosing(onlySam, nothing).student?.student).toBe(sam);
    expect(choosing(both, nothing).student).toBeNull();
  });
  it('is kept while it can still be booked', () => {
    expect(choosing(both, { student: sam.id, class: maths.id, slot: at('18:10') })).toEqual({ student: both.students[0], class: maths, slot: at('18:10') });
  });
  it('forgets a time that somebody else has taken', () => {
    expect(choosing(onlySam, { student: sam.id, class: maths.id, slot: at('18:20') }).slot).toBeNull();
  });
  it('B4 takes no class that is booked already, and none that is full', () => {
    expect(choosing(onlySam, { ...nothing, class: art.id }).class).toBeNull();
    expect(choosing(onlySam, { ...nothing, class: music.id }).class).toBeNull();
  });
  it('takes nothing that is another student\'s', () => {
    expect(choosing(both, { student: robin.id, class: art.id, slot: null }).class).toBeNull();
    expect(choosing(both, { student: 99, class: maths.id, slot: null })).toEqual(nothing);
  });
});

it('asks for the first thing that is missing, in the order of the page', () => {
  expect(firstMissing(choosing(both, nothing))).toBe('student');
  expect(firstMissing(choosing(both, { ...nothing, student: sam.id }))).toBe('class');
  expect(firstMissing(choosing(both, { ...nothing, student: sam.id, class: maths.id }))).toBe('slot');
  expect(firstMissing(choosing(both, { student: sam.id, class: maths.id, slot: at('18:00') }))).toBeNull();
});

it('knows when there is nothing to book', () => {
  expect(canBook(maths)).toBe(true);
  expect(nothingToBook(onlySam)).toBe(false);
  expect(nothingToBook({ students: [{ student: sam, classes: [art, music] }] })).toBe(true);
  expect(nothingToBook({ students: [] })).toBe(true);
});

it('B6 counts a note by characters, not by code units', () => {
  expect(noteLeft('')).toBe(500);
  expect(noteLeft('👋'.repeat(500))).toBe(0);
  expect(noteLeft('a'.repeat(501))).toBe(-1);
});

it('groups the times by the hour of the school\'s clock', () => {
  // Half past the hour in UTC is the full hour in India.
  const hourOf = (slot: string): string => new Date(Date.parse(slot) + 5.5 * 3_600_000).toISOString().slice(11, 13);
  expect(byHour([at('12:40'), at('12:20'), at('12:30')], hourOf)).toEqual([
    { hour: '17', slots: [at('12:20')] },
    { hour: '18', slots: [at('12:30'), at('12:40')] },
  ]);
});
