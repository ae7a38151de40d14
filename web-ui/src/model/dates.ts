// Times as the school's wall clock shows them, in the reader's language. Input: RFC 3339 or milliseconds since 1970.

import { chooseLanguage, isolated } from './language';

type Moment = string | number;
const at = (moment: Moment): Date => new Date(moment);

export interface Dates {
  readonly time: (moment: Moment) => string;
  /** With the day of the week; without the year. */
  readonly date: (moment: Moment) => string;
  /** The time, with the date before it unless it is the same day as `now`. */
  readonly moment: (moment: Moment, now: number) => string;
  /** The hour of the school's clock, the same for all that lies within it. */
  readonly hour: (moment: Moment) => string;
  readonly list: (names: readonly string[]) => string;
  /** The school's zone when the reader's device shows another time at that moment, else null. */
  readonly otherZone: (moment: Moment) => string | null;
}

export function makeDates(tag: string, zone: string | null, ownZone: string | null): Dates {
  const zoned = zone ? { timeZone: zone } : {};
  const time = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit', ...zoned });
  const date = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', ...zoned });
  const both = new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', ...zoned });
  const day = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', ...zoned });
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', ...zoned });
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  const language = chooseLanguage([tag]);
  const wall = (of: string) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone: of });
  return {
    time: (moment) => time.format(at(moment)),
    date: (moment) => date.format(at(moment)),
    moment: (moment, now) => (day.format(at(moment)) === day.format(now) ? time : both).format(at(moment)),
    hour: (moment) => hour.format(at(moment)),
    list: (names) => list.format(names.map((name) => isolated(name, language))),
    otherZone: (moment) => (zone && ownZone && wall(zone).format(at(moment)) !== wall(ownZone).format(at(moment)) ? zone : null),
  };
}
