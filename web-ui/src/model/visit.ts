// What a guest is told at the top of their page (M13).
import { joinAt, type Appointment } from './appointments';

export type VisitNews =
  | { readonly is: 'open' }
  | { readonly is: 'later'; readonly opensAt: number }
  | { readonly is: 'over' }
  | { readonly is: 'empty' };

export function visitNews(appointments: readonly Appointment[], now: number): VisitNews {
  if (!appointments.length) return { is: 'empty' };
  const joins = appointments.map((one) => joinAt(one, now));
  if (joins.some(({ is }) => is === 'open')) return { is: 'open' };
  const opening = joins.flatMap((join) => (join.is === 'early' ? [join.opensAt] : []));
  return opening.length ? { is: 'later', opensAt: Math.min(...opening) } : { is: 'over' };
}

/** The first names of the students, each once, in the order of their appointments. */
export function studentsOf(appointments: readonly Appointment[]): string[] {
  const names = new Map(appointments.map(({ student }) => [student.id, student.first_name]));
  return [...names.values()];
}
