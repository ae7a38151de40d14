import type { ComponentChildren } from 'preact';
import { ask, client, type Schemas } from '../api/client';
import { joinAt, nextChange, type Appointment } from '../model/appointments';
import { scheduleAt } from '../model/schedule';
import { dates } from '../state/dates';
import { t } from '../state/i18n';
import { useNow } from '../state/now';
import { useResource } from '../state/resource';
import type { Session } from '../state/session';
import { AppointmentCard } from './appointment_card';
import { EveningLine } from './evening_line';
import { Loading, LoadProblem } from './loading';
import { Page } from './page';
import './cards.css';

/** A teacher's own schedule, live on the night (T1). */
export default function SchedulePage({ session }: { session: Session }) {
  const evening = session.evening?.id;
  if (evening === undefined) return <Page title={t('schedule.title')}><p>{t('bookings.no_evening')}</p></Page>;
  return <Evening key={evening} evening={evening} own={session.name} />;
}

function Evening({ evening, own }: { evening: number; own: string }) {
  const schedule = useResource(() => ask(client.GET('/evenings/{evening}/schedule', { params: { path: { evening } } })), `schedule ${evening}`);
  const mine = schedule.value.value;
  const problem = schedule.problem.value;
  return (
    <Page title={t('schedule.title')} lead={mine && <EveningLine evening={mine.evening} />}>
      {mine && <Schedule mine={mine} own={own} />}
      {!mine && (problem ? <LoadProblem problem={problem} retry={schedule.reload} /> : <Loading />)}
    </Page>
  );
}

function Schedule({ mine, own }: { mine: Schemas['Schedule']; own: string }) {
  const now = useNow((at) => nextChange(mine.appointments, at));
  const parts = scheduleAt(mine.appointments, now);
  const cards = (of: readonly Appointment[]) => of.map((one) => <Meeting key={one.id} one={one} now={now} own={own} />);
  if (!mine.appointments.length) {
    return <div class="card empty stack"><h2>{t('schedule.empty_title')}</h2><p>{t('schedule.empty')}</p></div>;
  }
  return (
    <>
      {(parts.now.length > 0 || parts.next) && (
        <div class="pair">
          {parts.now.length > 0 && <Part title={t('schedule.now')}>{cards(parts.now)}</Part>}
          {parts.next && <Part title={t('schedule.next')}>{cards([parts.next])}</Part>}
        </div>
      )}
      {parts.later.length > 0 && <Part title={t('schedule.later')}>{cards(parts.later)}</Part>}
      {parts.earlier.length > 0 && <Part title={t('schedule.earlier')}>{cards(parts.earlier)}</Part>}
    </>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return <section class="stack"><h2>{title}</h2><ul class="cards">{children}</ul></section>;
}

function Meeting({ one, now, own }: { one: Appointment; now: number; own: string }) {
  const others = one.teachers.filter(({ name }) => name !== own).map(({ name }) => name);
  return (
    <AppointmentCard one={one} now={now} people={others.length > 0 && t('schedule.with', { teachers: dates.value.list(others) })}>
      <dl class="facts">
        {one.parent_name && <div><dt>{t('schedule.family')}</dt><dd><bdi>{one.parent_name}</bdi></dd></div>}
        {one.guests && one.guests.length > 0 && <div><dt>{t('schedule.guests')}</dt><dd>{dates.value.list(one.guests)}</dd></div>}
        {one.note && <div><dt>{t('schedule.note')}</dt><dd><bdi>{one.note}</bdi></dd></div>}
      </dl>
      <Presence one={one} now={now} />
    </AppointmentCard>
  );
}

function Presence({ one, now }: { one: Appointment; now: number }) {
  const { in_call = 0, waiting = 0 } = one;
  const running = one.mode === 'video' && now >= Date.parse(one.starts_at) && now < Date.parse(one.ends_at);
  if (joinAt(one, now).is === 'over' || (!in_call && !waiting && !running)) return null;
  return (
    <p class="row presence" aria-live="polite">
      {in_call > 0 && <span class="tag tag-green">{t('schedule.in_call', { count: in_call })}</span>}
      {waiting > 0 && <span class="tag tag-amber">{t('schedule.waiting', { count: waiting })}</span>}
      {!in_call && !waiting && <span class="soft">{t('schedule.nobody')}</span>}
    </p>
  );
}
