import { useState } from 'preact/hooks';
import { ArrowLeft, UserPlus } from 'lucide-preact';
import { ask, client } from '../api/client';
import { nextInvite, type Invite, type ManagedInvites } from '../model/invites';
import { useAction } from '../state/action';
import { say } from '../state/flash';
import { t } from '../state/i18n';
import { useResource } from '../state/resource';
import type { Session } from '../state/session';
import { ConfirmDialog } from './confirm_dialog';
import { InviteCard } from './invite_card';
import { Loading, LoadProblem } from './loading';
import { Page } from './page';
import './cards.css';

/** Manage invites (M7, M8, M9), live. */
export default function InvitesPage({ session }: { session: Session }) {
  const evening = session.evening?.id;
  if (evening === undefined) return <Page title={t('invites.title')}><p>{t('bookings.no_evening')}</p></Page>;
  return <Invites key={evening} evening={evening} />;
}

function Invites({ evening }: { evening: number }) {
  const invites = useResource(() => ask(client.GET('/evenings/{evening}/invites', { params: { path: { evening } } })), `invites ${evening}`);
  const mine = invites.value.value;
  const problem = invites.problem.value;
  return (
    <Page title={t('invites.title')} back={<BackToBookings />}>
      {mine && <List mine={mine} reload={invites.reload} />}
      {!mine && (problem ? <LoadProblem problem={problem} retry={invites.reload} /> : <Loading rows={2} />)}
    </Page>
  );
}

export function BackToBookings() {
  return <a class="back" href="/bookings"><ArrowLeft size={20} aria-hidden="true" class="mirrored" />{t('bookings.title')}</a>;
}

function List({ mine, reload }: { mine: ManagedInvites; reload: () => void }) {
  const [removing, setRemoving] = useState<Invite | null>(null);
  return (
    <>
      {mine.invites.length > 0 && (
        <ul class="cards">
          {mine.invites.map((one) => <InviteCard key={one.id} one={one} reload={reload} remove={() => setRemoving(one)} />)}
        </ul>
      )}
      <Next mine={mine} />
      {removing && <RemoveDialog one={removing} close={() => setRemoving(null)} removed={reload} />}
    </>
  );
}

function Next({ mine }: { mine: ManagedInvites }) {
  switch (nextInvite(mine)) {
    case 'none_left':
      return <p class="notice">{t('invites.none_left')}</p>;
    case 'another':
      return <p><a class="button button-green" href="/invites/new"><UserPlus size={20} aria-hidden="true" />{t('invites.another')}</a></p>;
    case 'first':
      return (
        <div class="card empty stack">
          <h2>{t('invites.empty_title')}</h2>
          <p>{t('invites.empty')}</p>
          <a class="button button-primary" href="/invites/new"><UserPlus size={20} aria-hidden="true" />{t('bookings.invite')}</a>
        </div>
      );
  }
}

function RemoveDialog({ one, close, removed }: { one: Invite; close: () => void; removed: () => void }) {
  const action = useAction();
  const go = () => action.run(() => ask(client.DELETE('/invites/{invite}', { params: { path: { invite: one.id } } })), () => {
    say(t('invites.removed', { name: one.guest_name }), '/invites');
    removed();
    close();
  });
  return (
    <ConfirmDialog title={t('invites.remove_title')} text={t('invites.remove_text', { name: one.guest_name })}
      yes={t('invites.remove_yes')} no={t('invites.remove_no')}
      busy={action.busy} problem={action.problem} onYes={() => void go()} onClose={close} />
  );
}
