import { useState } from 'preact/hooks';
import { CalendarPlus, TriangleAlert, UserPlus, Users } from 'lucide-preact';
import { ask, client, type Schemas } from '../api/client';
import { fullName, hasStarted, nextChange, partByTime, type Appointment } from '../model/appointments';
import { inviteLink } from '../model/invites';
import { useAction } from '../state/action';
import { dates } from '../state/dates';
import { say } from '../state/flash';
import { t } from '../state/i18n';
import { useNow } from '../state/now';
import { useResource } from '../state/resource';
import type { Session } from '../state/session';
import { AppointmentCard, teacherNames } from './appointment_card';
import { ConfirmDialog } from './confirm_dialog';
import { EveningLine } from './evening_line';
import { Loading, LoadProblem } from './loading';
import { Page } from './page';
import './cards.css';

type MyBookings = Schemas['MyBookings'];

/** My bookings (B9, M3). */
export function BookingsPage({ session }: { session: Session }) {
  const evening = session.evening?.id;
  if (evening === undefined) return <Page title={t('bookings.title')}><p>{t('bookings.no_evening')}</p></Page>;
  return <Bookings key={evening} evening={evening} />;
}

function Bookings({ evening }: { evening: number }) {
  const bookings = useResource(() => ask(client.GET('/evenings/{evening}/bookings', { params: { path: { evening } } })), `bookings ${evening}`);
  const [leaving, setLeaving] = useState<Appointment | null>(null);
  const mine = bookings.value.value;
  const problem = bookings.problem.value;
  return (
    <Page title={t('bookings.title')} lead={mine && <EveningLine evening={mine.evening} />} actions={mine && <Actions mine={mine} />}>
      {mine?.invite_trouble && <InviteTrouble what={mine.invite_trouble} />}
      {mine && <List mine={mine} cancel={setLeaving} />}
      {!mine && (problem ? <LoadProblem problem={problem} retry={bookings.reload} /> : <Loading />)}
      {leaving && <CancelDialog one={leaving} close={() => setLeaving(null)} cancelled={bookings.reload} />}
    </Page>
  );
}

function Actions({ mine }: { mine: MyBookings }) {
  const { words, href } = inviteLink(mine.invites_sent);
  const Icon = mine.invites_sent > 0 ? Users : UserPlus;
  return (
    <>
      <a class="button" href={href}><Icon size={20} aria-hidden="true" />{t(words)}</a>
      {mine.can_book && mine.appointments.length > 0 && <a class="button" href="/bookings/new"><CalendarPlus size={20} aria-hidden="true" />{t('bookings.book')}</a>}
    </>
  );
}

/** What stands in full under Manage invites (M7, M9), whose link is right above: a second one would have the same name. */
function InviteTrouble({ what }: { what: NonNullable<MyBookings['invite_trouble']> }) {
  return (
    <div class="notice notice-amber" role="status">
      <p class="icon-line"><TriangleAlert size={20} aria-hidden="true" /><span>{t(`bookings.trouble.${what}`)}</span></p>
    </div>
  );
}

function List({ mine, cancel }: { mine: MyBookings; cancel: (one: Appointment) => void }) {
  const now = useNow((at) => nextChange(mine.appointments, at));
  const { coming, earlier } = partByTime(mine.appointments, now);
  const card = (one: Appointment) => <Booking key={one.id} one={one} now={now} cancel={cancel} />;
  return (
    <>
      {!mine.appointments.length && <Empty canBook={mine.can_book} />}
      {coming.length > 0 && (
        <section class="stack-tight">
          <h2 class="visually-hidden">{t('bookings.next')}</h2>
          <ul class="cards">{coming.map(card)}</ul>
        </section>
      )}
      {earlier.length > 0 && (
        <section class="stack">
          <h2>{t('bookings.earlier')}</h2>
          <ul class="cards">{earlier.map(card)}</ul>
        </section>
      )}
    </>
  );
}

function Empty({ canBook }: { canBook: boolean }) {
  return (
    <div class="card empty stack">
      <h2>{t('bookings.empty_title')}</h2>
      <p>{t(canBook ? 'bookings.empty' : 'bookings.empty_closed')}</p>
      {canBook && <a class="button button-primary" href="/bookings/new"><CalendarPlus size={20} aria-hidden="true" />{t('bookings.book')}</a>}
    </div>
  );
}

function Booking({ one, now, cancel }: { one: Appointment; now: number; cancel: (one: Appointment) => void }) {
  const canCancel = !hasStarted(one, now);
  return (
    <AppointmentCard one={one} now={now} people={t('appointment.with', { teachers: teacherNames(one) })}
      actions={canCancel && <button type="button" class="button-text" onClick={() => cancel(one)}>{t('bookings.cancel')}</button>}>
      {one.mode === 'telephone' && <p class="soft">{t('appointment.telephone')}</p>}
      {one.note && <p class="soft"><span>{t('appointment.note')}</span>: <bdi>{one.note}</bdi></p>}
    </AppointmentCard>
  );
}

function CancelDialog({ one, close, cancelled }: { one: Appointment; close: () => void; cancelled: () => void }) {
  const action = useAction();
  const text = t('bookings.cancel_text', {
    student: fullName(one.student), class: one.class.subject, teachers: teacherNames(one), time: dates.value.time(one.starts_at),
  });
  const go = () => action.run(() => ask(client.DELETE('/appointments/{appointment}', { params: { path: { appointment: one.id } } })), () => {
    say(t('bookings.cancelled'), '/bookings');
    cancelled();
    close();
  });
  return (
    <ConfirmDialog title={t('bookings.cancel_title')} text={text} yes={t('bookings.cancel_yes')} no={t('bookings.cancel_no')}
      busy={action.busy} problem={action.problem} onYes={() => void go()} onClose={close} />
  );
}
