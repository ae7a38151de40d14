// Which call this is: the student, the subject, the teachers. Takes the focus when a screen begins.
import { useEffect, useRef } from 'preact/hooks';
import type { CallInfo } from '../../model/call_state';
import { list, say } from './text';

/** The heading of a screen: read out and focused when the screen appears, so that nobody is left behind. */
export function ScreenHeading({ text, quiet = false }: { readonly text: string; readonly quiet?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!quiet) heading.current?.focus();
  }, [quiet]);
  return <h1 ref={heading} tabIndex={-1} class="call-heading">{text}</h1>;
}

/** A guest is not told the subject (M13). */
export function callTitle(info: CallInfo | null): string {
  if (info && !info.subject) return info.student;
  return info ? say('title_with', { student: info.student, subject: info.subject }) : say('title');
}

export function CallHeading({ info }: { readonly info: CallInfo | null }) {
  return (
    <header class="call-header">
      <ScreenHeading text={callTitle(info)} quiet />
      {info && info.teachers.length > 0 && <p class="call-with">{say('with_teachers', { teachers: list(info.teachers) })}</p>}
    </header>
  );
}
