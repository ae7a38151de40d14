// What a parent can do with their invites (M3, M7).
import type { Schemas } from './shapes';
import type { Student } from './appointments';

export type Invite = Schemas['Invite'];
export type ManagedInvites = Schemas['ManagedInvites'];

/** The link at the top of My bookings (M3). */
export function inviteLink(sent: number): { readonly words: 'bookings.invite' | 'bookings.manage'; readonly href: string } {
  return sent > 0 ? { words: 'bookings.manage', href: '/invites' } : { words: 'bookings.invite', href: '/invites/new' };
}

/** What stands below the invites: the green button, the first invitation, or that nobody is left (M7). */
export function nextInvite({ invites, can_invite }: ManagedInvites): 'another' | 'first' | 'none_left' {
  if (!can_invite) return 'none_left';
  return invites.length ? 'another' : 'first';
}

export interface StudentChoice {
  readonly student: Student;
  /** Covered by an invite already: shown, but cannot be chosen (M5). */
  readonly covered: boolean;
}

/** All students of the parent's that take part, by name. */
export function studentChoices({ invites, available_students }: ManagedInvites): StudentChoice[] {
  const covered = invites.flatMap(({ students }) => students).map((student) => ({ student, covered: true }));
  const free = available_students.map((student) => ({ student, covered: false }));
  return [...free, ...covered].sort((a, b) => a.student.first_name.localeCompare(b.student.first_name) || a.student.id - b.student.id);
}
