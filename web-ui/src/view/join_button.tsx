import { Video } from 'lucide-preact';
import type { JoinView } from '../model/appointments';
import { dates } from '../state/dates';
import { t } from '../state/i18n';

/** `about`: the id of what says which appointment it is. Nothing at all for one that is not a call. */
export function JoinButton({ call, join, now, about }: { call: number; join: JoinView; now: number; about: string }) {
  if (join.is === 'none') return null;
  if (join.is === 'over') return <p class="soft">{t('join.over')}</p>;
  if (join.is === 'open') {
    return (
      <a class="button button-primary button-join" href={`/call/${call}`} aria-describedby={about}>
        <Video size={20} aria-hidden="true" />{t('join.join')}
      </a>
    );
  }
  return (
    <>
      <button type="button" class="button button-join" disabled aria-describedby={about}>
        <Video size={20} aria-hidden="true" />{t('join.join')}
      </button>
      <span class="soft small">{t('join.opens_at', { time: dates.value.moment(join.opensAt, now) })}</span>
    </>
  );
}
