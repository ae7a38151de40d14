import { useLocation } from 'preact-iso';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Send } from 'lucide-preact';
import { ask, client, type Schemas } from '../api/client';
import {
  checkInvite, chooseStudent, errorsByField, firstWrong, inviteFields, inviteRequest, keepAvailable, startInvite, type InviteErrors, type InviteField, type InviteForm,
} from '../model/invite_form';
import { fullName } from '../model/appointments';
import { studentChoices, type ManagedInvites } from '../model/invites';
import { useAction } from '../state/action';
import { say } from '../state/flash';
import { t } from '../state/i18n';
import { errorSentence } from './error_sentence';
import { describe, Field, FieldError } from './field';
import './forms.css';

interface InviteFormProps {
  readonly evening: number;
  readonly managed: ManagedInvites;
  readonly wished: number | null;
  readonly school: Schemas['School'];
  readonly reload: () => void;
}

const ids: Record<InviteField, string> = { name: 'guest-name', email: 'guest-email', students: 'guest-students', consent: 'guest-consent' };

/** Where the keyboard goes for a field: for the students to the first that can be chosen. */
function focusOn(form: HTMLFormElement | null, field: InviteField): void {
  form?.querySelector<HTMLElement>(`#${ids[field]}, #${ids[field]}-group input:not(:disabled)`)?.focus();
}

export function InviteFormView({ evening, managed, wished, school, reload }: InviteFormProps) {
  const { route } = useLocation();
  const box = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(() => startInvite(managed.available_students, wished));
  const [errors, setErrors] = useState<InviteErrors>({});
  const [focus, setFocus] = useState<InviteField | null>(null);
  const action = useAction();
  const form = keepAvailable(typed, managed.available_students);
  // Only once the errors are drawn is there something that describes the field.
  useEffect(() => {
    if (!focus) return;
    focusOn(box.current, focus);
    setFocus(null);
  }, [focus]);

  const change = (changed: Partial<InviteForm>): void => setTyped({ ...form, ...changed });
  const refuse = (found: InviteErrors): void => {
    setErrors(found);
    setFocus(firstWrong(found));
  };
  const send = (event: Event): void => {
    event.preventDefault();
    const found = checkInvite(form);
    if (firstWrong(found)) return refuse(found);
    setErrors({});
    void action.run(async () => {
      const reply = await ask(client.POST('/evenings/{evening}/invites', { params: { path: { evening } }, body: inviteRequest(form, school.consent_wording) }));
      if (!reply.ok) refuse(errorsByField(reply.problem.fields));
      if (!reply.ok && reply.problem.error === 'already_invited') reload();
      return reply;
    }, (invite) => {
      say(t('invites.sent_now', { name: invite.guest_name }), '/invites');
      route('/invites');
    });
  };
  const wrong = (field: InviteField): string | null => (errors[field] ? t(`error.${errors[field]}`) : null);

  return (
    <form ref={box} class="card stack form" noValidate onSubmit={send}>
      <ErrorSummary errors={errors} go={(field) => focusOn(box.current, field)} />
      <Field id={ids.name} label={t('field.name')} hint={t('invite.name_hint')} error={wrong('name')}>
        <input type="text" name="name" autoComplete="off" maxLength={200} dir="auto" required value={form.name} onInput={(event) => change({ name: event.currentTarget.value })} />
      </Field>
      <Field id={ids.email} label={t('field.email')} hint={t('invite.email_hint')} error={wrong('email')}>
        <input type="email" name="email" autoComplete="off" autoCapitalize="none" spellcheck={false} dir="ltr" required
          value={form.email} onInput={(event) => change({ email: event.currentTarget.value })} />
      </Field>
      <Students form={form} managed={managed} error={wrong('students')} choose={(id, chosen) => setTyped(chooseStudent(form, id, chosen))} />
      <Consent wording={school} given={form.consent} error={wrong('consent')} give={(consent) => change({ consent })} />
      {action.problem && !firstWrong(errors) && <p class="notice notice-red" role="alert">{errorSentence(action.problem)}</p>}
      <button class="button button-primary button-wide" aria-disabled={action.busy}>
        <Send size={20} aria-hidden="true" class="mirrored" />{t(action.busy ? 'sending' : 'invite.send')}
      </button>
    </form>
  );
}

function ErrorSummary({ errors, go }: { errors: InviteErrors; go: (field: InviteField) => void }) {
  const wrong = inviteFields.filter((field) => errors[field]);
  if (!wrong.length) return null;
  return (
    <section class="notice notice-red" aria-labelledby="invite-errors">
      <h2 id="invite-errors">{t('summary.title', { count: wrong.length })}</h2>
      <ul class="bullets">
        {wrong.map((field) => (
          <li key={field}>
            <a href={`#${ids[field]}`} onClick={(event) => { event.preventDefault(); go(field); }}>{t(`error.${errors[field]}`)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface StudentsProps {
  readonly form: InviteForm;
  readonly managed: ManagedInvites;
  readonly error: string | null;
  readonly choose: (student: number, chosen: boolean) => void;
}

/** With one student there is nothing to choose; who is covered already is shown and says so (M5). */
function Students({ form, managed, error, choose }: StudentsProps) {
  const choices = studentChoices(managed);
  const only = choices.length === 1 ? choices[0] : undefined;
  if (only) return <p>{t('invite.only', { student: fullName(only.student) })}</p>;
  return (
    <fieldset class={error ? 'field field-wrong' : 'field'} id={`${ids.students}-group`}>
      <legend>{t('invite.students')}</legend>
      {choices.map(({ student, covered }) => (
        <div key={student.id} class="choice">
          <label class={covered ? 'check check-off' : 'check'}>
            <input type="checkbox" checked={form.students.includes(student.id)} disabled={covered}
              {...describe(covered ? `student-${student.id}` : ids.students, covered, Boolean(error) && !covered)}
              onChange={(event) => choose(student.id, event.currentTarget.checked)} />
            <bdi>{fullName(student)}</bdi>
          </label>
          {covered && <p class="hint" id={`student-${student.id}-hint`}>{t('invite.covered')}</p>}
        </div>
      ))}
      <FieldError id={ids.students} error={error} />
    </fieldset>
  );
}

interface ConsentProps {
  readonly wording: Schemas['School'];
  readonly given: boolean;
  readonly error: string | null;
  readonly give: (consent: boolean) => void;
}

/** The school's own sentence, in the school's language. */
function Consent({ wording, given, error, give }: ConsentProps) {
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label class="check check-top">
        <input type="checkbox" id={ids.consent} required checked={given} {...describe(ids.consent, false, Boolean(error))}
          onChange={(event) => give(event.currentTarget.checked)} />
        <span lang={wording.locale} dir="auto">{wording.consent_wording}</span>
      </label>
      <FieldError id={ids.consent} error={error} />
    </div>
  );
}
