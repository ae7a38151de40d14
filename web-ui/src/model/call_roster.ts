// Who sits where, seen from one seat; and what changed between two rosters.
import type { CallState, Person, Roster } from './call_state';

export const slots = [0, 1, 2] as const;
export type Slot = (typeof slots)[number];

/** Viewer v sees seat s in slot s < v ? s : s - 1 (openapi.yaml, Roster). */
export function slotOf(viewer: number, seat: number): Slot {
  return (seat < viewer ? seat : seat - 1) as Slot;
}

export function ownIndex({ phase }: CallState): number | null {
  return phase.at === 'seated' ? phase.index : null;
}

/** Everybody but the viewer, in the order of their seats. */
export function others(roster: Roster, viewer: number | null): readonly Person[] {
  return roster.people.filter((person) => person.index !== viewer);
}

export interface RosterChanges {
  readonly joined: readonly Person[];
  readonly left: readonly Person[];
}

const same = (one: Person, other: Person): boolean =>
  one.index === other.index && one.name === other.name && one.role === other.role;

/** Whoever keeps their seat has neither left nor joined, however their connection fares. */
export function rosterChanges(before: readonly Person[], after: readonly Person[]): RosterChanges {
  return {
    joined: after.filter((person) => !before.some((one) => same(one, person))),
    left: before.filter((person) => !after.some((one) => same(one, person))),
  };
}

/** The first letters of the first and the last word, for somebody without a picture. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last].map((word) => (word ? [...word][0] : '')).join('').toLocaleUpperCase();
}
