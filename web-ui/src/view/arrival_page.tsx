import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../api/client';
import { homeOf } from '../model/home';
import { t } from '../state/i18n';
import { loadSchool, openSession, school, session } from '../state/session';
import { errorSentence } from './error_sentence';
import { Loading, LoadProblem } from './loading';
import { Page } from './page';
import { SignInForm } from './sign_in_page';

/** What stood behind the # of the mailed link; taken out of the address as soon as it has been used. */
const tokenInAddress = (): string => location.hash.slice(1);

/** `/in#token` and `/guest#token`: exchanges the token for a session and goes on to the person's own page. */
export function ArrivalPage() {
  const { path, route } = useLocation();
  const [problem, setProblem] = useState<Problem | null>(null);
  const enter = async (): Promise<void> => {
    setProblem(null);
    const token = tokenInAddress();
    const refused = token ? await openSession(token) : incomplete;
    if (refused) setProblem(refused);
    if (refused?.error !== 'offline') history.replaceState(null, '', path);
    if (!refused && session.value.is === 'signed_in') route(homeOf(session.value.session.role), true);
  };
  useEffect(() => {
    const again = (): void => { if (tokenInAddress()) void enter(); };
    addEventListener('hashchange', again);
    void enter();
    return () => removeEventListener('hashchange', again);
  }, []);
  if (!problem) return <Loading rows={2} />;
  if (passing.includes(problem.error)) return <LoadProblem problem={problem} retry={() => void enter()} />;
  return <BadLink problem={problem} forGuest={path === '/guest'} />;
}

const incomplete: Problem = { error: 'link_unknown', fields: [], retryAfter: null };
/** What may be gone in a moment: the token stays in the address. */
const passing = ['offline', 'broken', 'too_many_requests', 'box_full', 'unavailable'];

function BadLink({ problem, forGuest }: { problem: Problem; forGuest: boolean }) {
  useEffect(() => { if (!school.value) void loadSchool(); }, []);
  const contact = school.value?.contact_email;
  return (
    <Page narrow title={t('arrival.title')}>
      <div class="notice notice-amber" role="alert"><p>{errorSentence(problem)}</p></div>
      {forGuest ? <p>{t('arrival.guest_help')}</p> : <SignInForm heading={t('arrival.new_link')} />}
      {contact && <p class="soft">{t('arrival.contact')} <a href={`mailto:${contact}`}>{contact}</a></p>}
    </Page>
  );
}
