import { describe, expect, it } from 'vitest';
import { makeDates } from './dates';

const london = makeDates('en-GB', 'Europe/London', 'Europe/London');
/** Some ICU versions put a narrow no-break space before AM and PM. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('times', () => {
  it('are the school\'s wall clock, not the device\'s', () => {
    expect(makeDates('en-GB', 'Asia/Kolkata', null).time('2026-11-23T12:30:00Z')).toBe('18:00');
    expect(plain(makeDates('en-US', 'America/New_York', null).time('2026-11-23T23:05:00Z'))).toBe('6:05 PM');
  });
  it('follow the zone over a change of the clocks', () => {
    expect(london.time('2026-10-25T00:30:00Z')).toBe('1:30');
    expect(london.time('2026-10-25T01:30:00Z')).toBe('1:30');
    expect(london.time('2026-10-25T18:00:00Z')).toBe('18:00');
    expect(london.time('2026-10-24T17:00:00Z')).toBe('18:00');
    expect(london.time('2026-03-29T01:00:00Z')).toBe('2:00');
  });
  it('take milliseconds as well', () => {
    expect(london.time(Date.parse('2026-11-23T18:00:00Z'))).toBe('18:00');
  });
});

it('know the hour of the school\'s clock, where it is half an hour off as well', () => {
  const india = makeDates('en-GB', 'Asia/Kolkata', null);
  expect(['12:20', '12:30', '13:20', '13:30'].map((clock) => india.hour(`2026-11-23T${clock}:00Z`))).toEqual(['17', '18', '18', '19']);
});

describe('a moment', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  it('is a time alone on the same day', () => {
    expect(london.moment('2026-11-23T18:00:00Z', now)).toBe('18:00');
  });
  it('has its day before it on any other', () => {
    expect(london.moment('2026-11-24T18:00:00Z', now)).toMatch(/24.*18:00/);
    expect(london.moment('2025-11-23T18:00:00Z', now)).toMatch(/23.*18:00/);
  });
  it('is of the day that the school has', () => {
    const tokyo = makeDates('en-GB', 'Asia/Tokyo', null);
    expect(tokyo.moment('2026-11-23T14:59:00Z', now)).toBe('23:59');
    expect(tokyo.moment('2026-11-23T15:00:00Z', now)).toMatch(/24.*0:00/);
  });
});

it('names the day in the reader\'s language', () => {
  expect(london.date('2026-11-23T18:00:00Z')).toMatch(/^Monday,? 23 November$/);
  expect(makeDates('ar', 'Europe/London', null).date('2026-11-23T18:00:00Z')).toContain('الاثنين');
});

it('joins names as the language does', () => {
  expect(london.list(['Ada', 'Ben', 'Cleo'])).toBe('Ada, Ben and Cleo');
  expect(makeDates('ar', null, null).list(['أ', 'ب'])).toBe('أ وب');
  expect(london.list([])).toBe('');
});

it('keeps each name to itself where it runs the other way', () => {
  expect(makeDates('ar', null, null).list(['Ada', 'Ben'])).toBe('\u2068Ada\u2069 و\u2068Ben\u2069');
  expect(london.list(['Ada', 'ليلى'])).toBe('Ada and \u2068ليلى\u2069');
});

it('names the school\'s zone to those alone whose device shows another time', () => {
  const winter = '2026-11-23T18:00:00Z';
  expect(london.otherZone(winter)).toBeNull();
  expect(makeDates('en', 'Europe/London', 'America/New_York').otherZone(winter)).toBe('Europe/London');
  expect(makeDates('en', 'Europe/London', 'UTC').otherZone(winter)).toBeNull();
  expect(makeDates('en', 'Europe/London', 'UTC').otherZone('2026-07-01T18:00:00Z')).toBe('Europe/London');
  expect(makeDates('en', 'Europe/London', null).otherZone(winter)).toBeNull();
  expect(makeDates('en', null, 'America/New_York').otherZone(winter)).toBeNull();
});
