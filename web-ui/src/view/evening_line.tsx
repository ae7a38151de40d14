import type { Schemas } from '../api/client';
import { dates } from '../state/dates';
import { t } from '../state/i18n';

/** Which evening it is, when, and in whose time. */
export function EveningLine({ evening }: { evening: Schemas['Evening'] }) {
  const { date, time, otherZone } = dates.value;
  const zone = otherZone(evening.starts_at);
  return (
    <>
      <p>{t('bookings.evening', { title: evening.title, date: date(evening.starts_at), from: time(evening.starts_at), to: time(evening.ends_at) })}</p>
      {zone && <p class="small">{t('time_zone', { zone: zone.replaceAll('_', ' ') })}</p>}
    </>
  );
}
