// Choosing an appointment: a student, one of their classes, one of its free times (B1).
import type { Schemas } from './shapes';

export type Choices = Schemas['Choices'];
export type StudentChoices = Choices['students'][number];
export type ClassChoice = StudentChoices['classes'][number];

/** What is chosen so far, as the address of the page says it; null: not yet. */
export interface Chosen {
  readonly student: number | null;
  readonly class: number | null;
  readonly slot: string | null;
}
export interface Choosing {
  readonly student: StudentChoices | null;
  readonly class: ClassChoice | null;
  readonly slot: string | null;
}
export type BookingField = 'student' | 'class' | 'slot';

export const longestNote = 500;
export const noteLeft = (note: string): number => longestNote - [...note].length;

export const canBook = ({ booked, slots }: ClassChoice): boolean => !booked && slots.length > 0;

/** What of `chosen` is still there to be booked. An only student needs no choosing. */
export function choosing({ students }: Choices, chosen: Chosen): Choosing {
  const student = students.length === 1 ? students[0] ?? null : students.find((one) => one.student.id === chosen.student) ?? null;
  const found = student?.classes.find((one) => one.id === chosen.class && canBook(one)) ?? null;
  return { student, class: found, slot: found?.slots.find((slot) => slot === chosen.slot) ?? null };
}

export function firstMissing({ student, class: chosen, slot }: Choosing): BookingField | null {
  if (!student) return 'student';
  if (!chosen) return 'class';
  return slot ? null : 'slot';
}

export function nothingToBook({ students }: Choices): boolean {
  return !students.some(({ classes }) => classes.some(canBook));
}

/** Free times by the hour of the school's clock, `hourOf` naming the hour. */
export function byHour(slots: readonly string[], hourOf: (slot: string) => string): { readonly hour: string; readonly slots: readonly string[] }[] {
  const hours = new Map<string, string[]>();
  for (const slot of [...slots].sort()) hours.set(hourOf(slot), [...(hours.get(hourOf(slot)) ?? []), slot]);
  return [...hours].map(([hour, of]) => ({ hour, slots: of }));
}
