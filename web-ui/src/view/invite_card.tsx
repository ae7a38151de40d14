import { useId } from 'preact/hooks';
import { CircleAlert, CircleCheck, Clock, RotateCw, Trash2, TriangleAlert } from 'lucide-preact';
import { ask, client } from '../api/client';
import { fullName } from '../model/appointments';
import type { Invite } from '../model/invites';
import { useAction } from '../state/action';
import { dates } from '../state/dates';
import { say } from '../state/flash';
import { t } from '../state/i18n';
import { serverNow } from '../state/server_time';
import { errorSentence } from './error_sentence';

interface InviteCardProps {
  readonly one: Invite;
  readonly reload: () => void;
  readonly remove: () => void;
}

/** One sent invite: who, for whom, what became of its mail, and what can be done (M7, M9). */
export function InviteCard({ one, reload, remove }: InviteCardProps) {
  const id = useId();
  const action = useAction();
  const resend = () => action.run(() => ask(client.POST('/invites/{invite}/resend', { params: { path: { invite: one.id } } })), () => {
    say(t('invites.resent', { name: one.guest_name }), '/invites');
    reload();
  });
  return (
    <li class="card stack">
      <h2 id={id}><bdi>{one.guest_name}</bdi></h2>
      <Facts one={one} />
      {one.knocked_out_at && <KnockedOut at={one.knocked_out_at} />}
      {action.problem && <p class="notice notice-red" role="alert">{errorSentence(action.problem)}</p>}
      <div class="row">
        <button type="button" class="button" aria-describedby={id} aria-disabled={action.busy} onClick={() => void resend()}>
          <RotateCw size={18} aria-hidden="true" />{t('invites.resend')}
        </button>
        <button type="button" class="button button-red-outline" aria-describedby={id} onClick={remove}>
          <Trash2 size={18} aria-hidden="true" />{t('invites.remove')}
        </button>
      </div>
    </li>
  );
}

function Facts({ one }: { one: Invite }) {
  const { list, moment } = dates.value;
  return (
    <dl class="facts">
      <div><dt>{t('invites.address')}</dt><dd><bdi dir="ltr">{one.guest_email}</bdi></dd></div>
      <div><dt>{t('invites.students')}</dt><dd>{list(one.students.map(fullName))}</dd></div>
      <div><dt>{t('invites.state')}</dt><dd class="stack-tight" aria-live="polite"><MailState mail={one.mail} /></dd></div>
      <div>
        <dt>{t('invites.opened')}</dt>
        <dd>{one.last_opened_at ? moment(one.last_opened_at, serverNow()) : t('invites.never_opened')}</dd>
      </div>
    </dl>
  );
}

function MailState({ mail }: { mail: Invite['mail'] }) {
  const time = mail.changed_at ? dates.value.moment(mail.changed_at, serverNow()) : '';
  const reason = mail.reason && <p class="small">{t('invites.reason', { reason: mail.reason })}</p>;
  switch (mail.state) {
    case 'queued':
      return <><p><span class="tag tag-amber"><Clock size={16} aria-hidden="true" />{t('invites.state_queued')}</span></p>{reason}</>;
    case 'sent':
      return <p><span class="tag tag-green"><CircleCheck size={16} aria-hidden="true" />{t('invites.state_sent', { time })}</span></p>;
    case 'failed':
      return (
        <>
          <p><span class="tag tag-red"><CircleAlert size={16} aria-hidden="true" />{t('invites.state_failed')}</span></p>
          {reason}
          <p class="small">{t('invites.failed_help')}</p>
        </>
      );
  }
}

function KnockedOut({ at }: { at: string }) {
  return (
    <div class="notice notice-amber">
      <p class="icon-line">
        <TriangleAlert size={20} aria-hidden="true" />
        <span><strong>{t('invites.knocked_out')}</strong> <time dateTime={at}>{dates.value.moment(at, serverNow())}</time></span>
      </p>
      <p>{t('invites.knocked_out_help')}</p>
    </div>
  );
}
