// The form of an invite (M4, M5): what is missing, all of it at once. The box has the last word.
import type { FieldError, Schemas } from './shapes';
import { checkEmail } from './email';

export interface InviteForm {
  readonly name: string;
  readonly email: string;
  readonly students: readonly number[];
  readonly consent: boolean;
}
/** In the order in which they stand on the page. */
export const inviteFields = ['name', 'email', 'students', 'consent'] as const;
export type InviteField = (typeof inviteFields)[number];
/** By field the name of the refusal (daemon/domain/refusal.h). */
export type InviteErrors = Partial<Record<InviteField, string>>;

/** An empty form; who has only one student has nothing to choose (M5). `wished`: asked for by the page before. */
export function startInvite(available: readonly Schemas['Student'][], wished: number | null): InviteForm {
  const only = available.length === 1 ? available : available.filter(({ id }) => id === wished);
  return { name: '', email: '', students: only.map(({ id }) => id), consent: false };
}

export function chooseStudent(form: InviteForm, student: number, chosen: boolean): InviteForm {
  const others = form.students.filter((id) => id !== student);
  return { ...form, students: chosen ? [...others, student] : others };
}

/** Drops students that somebody has been invited for in the meantime. */
export function keepAvailable(form: InviteForm, available: readonly Schemas['Student'][]): InviteForm {
  const students = form.students.filter((id) => available.some((student) => student.id === id));
  return students.length === form.students.length ? form : { ...form, students };
}

export function checkInvite(form: InviteForm): InviteErrors {
  const email = checkEmail(form.email);
  const name = form.name.trim();
  return {
    ...(name ? {} : { name: 'name_missing' }),
    ...([...name].length > 100 ? { name: 'name_invalid' } : {}),
    ...(email ? { email } : {}),
    ...(form.students.length ? {} : { students: 'student_missing' }),
    ...(form.consent ? {} : { consent: 'consent_missing' }),
  };
}

/** What the box found wrong, by field. */
export function errorsByField(fields: readonly FieldError[]): InviteErrors {
  const known = fields.filter(({ field }) => (inviteFields as readonly string[]).includes(field));
  return Object.fromEntries(known.map(({ field, error }) => [field, error]));
}

export function firstWrong(errors: InviteErrors): InviteField | null {
  return inviteFields.find((field) => errors[field]) ?? null;
}

export function inviteRequest(form: InviteForm, wording: string): Schemas['InviteRequest'] {
  return { name: form.name.trim(), email: form.email.trim(), students: [...form.students], consent: form.consent, consent_wording: wording };
}
