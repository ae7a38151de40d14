// What a list of appointments shows at a moment of the box's clock, and when that changes by itself.
import type { Schemas } from './shapes';

export type Appointment = Schemas['Appointment'];
export type Student = Schemas['Student'];

export type JoinView =
  | { readonly is: 'none' }
  | { readonly is: 'early'; readonly opensAt: number }
  | { readonly is: 'open' }
  | { readonly is: 'over' };

/** Whether a call can be joined now: the button lights up at opens_at without asking the box again (B9). */
export function joinAt({ join, ends_at }: Appointment, now: number): JoinView {
  if (join.state === 'none') return { is: 'none' };
  const closesAt = Date.parse(join.closes_at ?? ends_at);
  if (now >= closesAt || (join.state === 'over' && !join.closes_at)) return { is: 'over' };
  const opensAt = join.opens_at ? Date.parse(join.opens_at) : null;
  if (opensAt === null) return { is: join.state === 'early' ? 'over' : join.state };
  return now < opensAt ? { is: 'early', opensAt } : { is: 'open' };
}

export interface Parted {
  readonly coming: readonly Appointment[];
  readonly earlier: readonly Appointment[];
}

/** In the order of their times; `earlier` are over and their calls closed. */
export function partByTime(appointments: readonly Appointment[], now: number): Parted {
  const sorted = [...appointments].sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at) || a.id - b.id);
  const past = (one: Appointment): boolean => now >= Date.parse(one.ends_at) && joinAt(one, now).is !== 'open';
  return { coming: sorted.filter((one) => !past(one)), earlier: sorted.filter(past) };
}

/** The next moment after `now` at which one of them starts, ends, opens or closes. */
export function nextChange(appointments: readonly Appointment[], now: number): number | null {
  const moments = appointments.flatMap(({ starts_at, ends_at, join }) => [starts_at, ends_at, join.opens_at, join.closes_at])
    .map((moment) => (moment ? Date.parse(moment) : NaN))
    .filter((moment) => moment > now);
  return moments.length ? Math.min(...moments) : null;
}

export const hasStarted = (one: Appointment, now: number): boolean => now >= Date.parse(one.starts_at);

/** What is taught, and which group it is unless the subject is all there is to say. Schools often put one into the other: "Year 9 English". */
export function className({ name, subject }: Appointment['class']): { readonly subject: string; readonly group: string } {
  const says = (whole: string, part: string): boolean => whole.toLocaleLowerCase().includes(part.toLocaleLowerCase());
  if (says(name, subject)) return { subject: name, group: '' };
  return { subject, group: says(subject, name) ? '' : name };
}

export function fullName({ first_name, last_name }: Student): string {
  return last_name ? `${first_name} ${last_name}` : first_name;
}
