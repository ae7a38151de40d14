// What the box might answer, for the tests of the pages' models. The evening is 2026-11-23, London's winter: UTC.
import type { Appointment, Student } from './appointments';
import type { ClassChoice } from './booking';
import type { Invite, ManagedInvites } from './invites';

export const sam: Student = { id: 1, first_name: 'Sam', last_name: 'Morgan' };
export const robin: Student = { id: 2, first_name: 'Robin', last_name: 'Morgan' };
export const ada = { id: 11, name: 'Ada Osei' };
export const ben = { id: 12, name: 'Ben Cho' };

/** A time of the evening, `18:10` for example. */
export const at = (clock: string): string => `2026-11-23T${clock}:00Z`;
export const moment = (clock: string): number => Date.parse(at(clock));

/** A video call of ten minutes that opens five minutes before its start and closes half a minute after its end. */
export function appointment(from: string, changed: Partial<Appointment> = {}): Appointment {
  const start = moment(from);
  const iso = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
  return {
    id: 17, student: sam, class: { id: 5, name: '7B', subject: 'Maths' }, teachers: [ada], starts_at: iso(0), ends_at: iso(10), mode: 'video',
    join: { state: 'early', opens_at: iso(-5), closes_at: iso(10.5) }, ...changed,
  };
}

export function classChoice(changed: Partial<ClassChoice> = {}): ClassChoice {
  return { id: 5, name: '7B', subject: 'Maths', teachers: [ada], mode: 'video', booked: null, slots: [at('18:00'), at('18:10')], ...changed };
}

export function invite(changed: Partial<Invite> = {}): Invite {
  return { id: 3, guest_name: 'Kit Lee', guest_email: 'kit@example.org', students: [sam], created_at: at('12:00'), mail: { state: 'sent' }, ...changed };
}

/** What a parent with invites for some students and none for the others is told. */
export function managed(invites: Invite[], available: Student[]): ManagedInvites {
  return { invites, available_students: available, can_invite: available.length > 0 };
}
