import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { MailCheck } from 'lucide-preact';
import { ask, client, type Problem } from '../api/client';
import { checkEmail } from '../model/email';
import { t } from '../state/i18n';
import { loadSchool, school } from '../state/session';
import { errorSentence } from './error_sentence';
import { Field } from './field';
import { Page } from './page';
import './forms.css';

/** For whoever is not signed in: why, and how to get a link. */
export function SignInPage({ because }: { because: string | null }) {
  useEffect(() => { if (!school.value) void loadSchool(); }, []);
  // A guest has no link of their own to ask for (M8).
  if (because === 'guest_signed_out') {
    return <Page narrow title={t('sign_in.guest_title')}><div class="notice notice-amber" role="alert"><p>{t('sign_in.guest_signed_out')}</p></div></Page>;
  }
  return (
    <Page narrow title={t('sign_in.title')}>
      {because && <div class="notice notice-amber" role="alert"><p>{t(`sign_in.${because}`)}</p></div>}
      <p class="soft">{t('sign_in.lead')}</p>
      <SignInForm />
      <p class="soft">{t('sign_in.guest')}</p>
    </Page>
  );
}

/** The answer is the same whether the school knows the address or not. */
export function SignInForm({ heading }: { heading?: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [email, setEmail] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);

  const refuse = (name: string): void => {
    setError(name);
    input.current?.focus();
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setProblem(null);
    const wrong = checkEmail(email);
    if (wrong) return refuse(wrong);
    setError(null);
    setBusy(true);
    const reply = await ask(client.POST('/sign-in-requests', { body: { email: email.trim() } }));
    setBusy(false);
    if (reply.ok) return setAsked(true);
    const field = reply.problem.fields[0];
    if (field) refuse(field.error);
    else setProblem(reply.problem);
  };

  if (asked) return <Asked email={email.trim()} again={() => setAsked(false)} />;
  return (
    <form class="card stack" noValidate onSubmit={(event) => void send(event)} aria-labelledby={heading ? `${id}-h` : undefined}>
      {heading && <h2 id={`${id}-h`}>{heading}</h2>}
      <Field id={id} label={t('field.email')} error={error && t(`error.${error}`)}>
        <input ref={input} type="email" name="email" autoComplete="email" autoCapitalize="none" spellcheck={false} dir="ltr" required
          value={email} onInput={(event) => setEmail(event.currentTarget.value)} />
      </Field>
      {problem && <p class="notice notice-red" role="alert">{errorSentence(problem)}</p>}
      <button class="button button-primary button-wide" aria-disabled={busy}>{t(busy ? 'sending' : 'sign_in.send')}</button>
    </form>
  );
}

function Asked({ email, again }: { email: string; again: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div class="card stack" ref={box} tabIndex={-1} role="status">
      <h2 class="row"><MailCheck size={24} aria-hidden="true" />{t('sign_in.asked_title')}</h2>
      <p>{t('sign_in.asked', { email })}</p>
      <p class="soft">{t('sign_in.asked_help')}</p>
      <div><button type="button" class="button" onClick={again}>{t('sign_in.other_address')}</button></div>
    </div>
  );
}
