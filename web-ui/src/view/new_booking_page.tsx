import { useState } from 'preact/hooks';
import { CalendarCheck } from 'lucide-preact';
import { ask, client, type Schemas } from '../api/client';
import { nothingToBook } from '../model/booking';
import { fullName } from '../model/appointments';
import { dates } from '../state/dates';
import { t } from '../state/i18n';
import { useResource } from '../state/resource';
import { serverNow } from '../state/server_time';
import type { Session } from '../state/session';
import { teacherNames } from './appointment_card';
import { BookingForm } from './booking_form';
import { BackToBookings } from './invites_page';
import { Loading, LoadProblem } from './loading';
import { Page } from './page';

type Booked = Schemas['Appointment'];

/** Books one appointment by hand (B1, B6), and offers the invite on the way (M2). */
export default function NewBookingPage({ session }: { session: Session }) {
  const evening = session.evening?.id;
  const [booked, setBooked] = useState<Booked | null>(null);
  if (evening === undefined) return <Page narrow title={t('booking.title')}><p>{t('bookings.no_evening')}</p></Page>;
  return booked
    ? <Done key="done" evening={evening} booked={booked} another={() => setBooked(null)} />
    : <Choose key="choose" evening={evening} booked={setBooked} />;
}

function Choose({ evening, booked }: { evening: number; booked: (one: Booked) => void }) {
  const choices = useResource(() => ask(client.GET('/evenings/{evening}/choices', { params: { path: { evening } } })), `choices ${evening}`);
  const mine = choices.value.value;
  const problem = choices.problem.value;
  return (
    <Page narrow title={t('booking.title')} back={<BackToBookings />}>
      {mine && (nothingToBook(mine)
        ? <p class="notice">{t('booking.nothing')}</p>
        : <BookingForm evening={evening} choices={mine} booked={booked} reload={choices.reload} />)}
      {!mine && (problem ? <LoadProblem problem={problem} retry={choices.reload} /> : <Loading />)}
    </Page>
  );
}

function Done({ evening, booked, another }: { evening: number; booked: Booked; another: () => void }) {
  const invites = useResource(() => ask(client.GET('/evenings/{evening}/invites', { params: { path: { evening } } })), `invites after booking ${evening}`);
  const free = invites.value.value?.available_students.some(({ id }) => id === booked.student.id) && booked.mode === 'video';
  const what = t('booking.summary', {
    student: fullName(booked.student), class: booked.class.subject, teachers: teacherNames(booked), time: dates.value.moment(booked.starts_at, serverNow()),
  });
  return (
    <Page narrow title={t('booking.done_title')}>
      <div class="notice notice-green">
        <p class="icon-line"><CalendarCheck size={20} aria-hidden="true" /><strong>{what}</strong></p>
        <p>{t('booking.done')}</p>
      </div>
      {free && (
        <div class="card stack">
          <p>{t('booking.invite_offer')}</p>
          <p><a class="button" href={`/invites/new?student=${booked.student.id}`}>{t('bookings.invite')}</a></p>
        </div>
      )}
      <div class="row">
        <a class="button button-primary" href="/bookings">{t('bookings.title')}</a>
        <button type="button" class="button" onClick={another}>{t('booking.another')}</button>
      </div>
    </Page>
  );
}
