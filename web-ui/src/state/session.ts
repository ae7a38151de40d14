// Who sits before this page. One request at the start, one stream of events while signed in.
import { signal } from '@preact/signals';
import { ask, client, type Problem, type Schemas } from '../api/client';
import { closeEvents, listen, openEvents } from '../api/events';
import { setServerTime } from './server_time';

export type Session = Schemas['Session'];

export type SessionState =
  | { readonly is: 'loading' }
  | { readonly is: 'unknown'; readonly problem: Problem }
  | { readonly is: 'signed_out'; readonly because: string | null }
  | { readonly is: 'signed_in'; readonly session: Session };

export const session = signal<SessionState>({ is: 'loading' });
export const school = signal<Schemas['School'] | null>(null);

export async function loadSession(): Promise<void> {
  const reply = await ask(client.GET('/session'));
  if (reply.ok) enter(reply.value);
  else if (isSignedOut(reply.problem)) forget(null);
  else session.value = { is: 'unknown', problem: reply.problem };
}

/** What anybody may know of the school; kept quiet about when it cannot be had. */
export async function loadSchool(): Promise<void> {
  const reply = await ask(client.GET('/school'));
  if (reply.ok) school.value = reply.value;
}

/** Exchanges the token of a mailed link. Answers what was wrong, or null. */
export async function openSession(token: string): Promise<Problem | null> {
  const reply = await ask(client.POST('/session', { body: { token } }));
  if (!reply.ok) return reply.problem;
  closeEvents();
  enter(reply.value);
  return null;
}

export async function signOut(): Promise<Problem | null> {
  const reply = await ask(client.DELETE('/session'));
  if (!reply.ok && !isSignedOut(reply.problem)) return reply.problem;
  forget(null);
  return null;
}

/** To be told of every refusal: one that means the session is over ends it here as well. */
export function noticeRefusal(problem: Problem): void {
  if (isSignedOut(problem) && session.value.is === 'signed_in') forget('session_over');
}

const isSignedOut = (problem: Problem): boolean => ['not_signed_in', 'link_removed', 'link_expired'].includes(problem.error);

function enter(opened: Session): void {
  setServerTime(opened.now);
  school.value = opened.school;
  session.value = { is: 'signed_in', session: opened };
  openEvents();
}

function forget(because: string | null): void {
  closeEvents();
  session.value = { is: 'signed_out', because };
  if (!school.value) void loadSchool();
}

listen(({ name }) => {
  if (name !== 'signed_out' || session.value.is !== 'signed_in') return;
  forget(session.value.session.role === 'guest' ? 'guest_signed_out' : 'session_over');
});
