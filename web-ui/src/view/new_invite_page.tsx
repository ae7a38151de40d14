import { useLocation } from 'preact-iso';
import { ask, client } from '../api/client';
import { t } from '../state/i18n';
import { useResource } from '../state/resource';
import type { Session } from '../state/session';
import { InviteFormView } from './invite_form';
import { BackToBookings } from './invites_page';
import { Loading, LoadProblem } from './loading';
import { Page } from './page';

/** Invite parent/guardian (M4, M5, M6). `?student=ID` comes with that one chosen. */
export default function NewInvitePage({ session }: { session: Session }) {
  const evening = session.evening?.id;
  if (evening === undefined) return <Page narrow title={t('invite.title')}><p>{t('bookings.no_evening')}</p></Page>;
  return <NewInvite key={evening} evening={evening} session={session} />;
}

function NewInvite({ evening, session }: { evening: number; session: Session }) {
  const { query } = useLocation();
  const invites = useResource(() => ask(client.GET('/evenings/{evening}/invites', { params: { path: { evening } } })), `new invite ${evening}`);
  const mine = invites.value.value;
  const problem = invites.problem.value;
  const wished = Number(query['student']);
  return (
    <Page narrow title={t('invite.title')} lead={t('invite.lead')} back={<BackToBookings />}>
      {mine && (mine.can_invite
        ? <InviteFormView evening={evening} managed={mine} wished={wished || null} school={session.school} reload={invites.reload} />
        : <div class="notice"><p>{t('invites.none_left')}</p><a class="button" href="/invites">{t('bookings.manage')}</a></div>)}
      {!mine && (problem ? <LoadProblem problem={problem} retry={invites.reload} /> : <Loading rows={2} />)}
    </Page>
  );
}
