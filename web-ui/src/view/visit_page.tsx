import { ask, client, type Schemas } from '../api/client';
import { nextChange, partByTime, type Appointment } from '../model/appointments';
import { studentsOf, visitNews } from '../model/visit';
import { dates } from '../state/dates';
import { t } from '../state/i18n';
import { useNow } from '../state/now';
import { useResource } from '../state/resource';
import type { Session } from '../state/session';
import { AppointmentCard, teacherNames } from './appointment_card';
import { EveningLine } from './evening_line';
import { Loading, LoadProblem } from './loading';
import { Page } from './page';
import './cards.css';

/** A guest's page: the video appointments they were invited to, and nothing else (M13). */
export default function VisitPage({ session }: { session: Session }) {
  const visit = useResource(() => ask(client.GET('/visit')), 'visit');
  const mine = visit.value.value;
  const problem = visit.problem.value;
  return (
    <Page title={t('visit.title', { name: session.name })} lead={mine && <Lead mine={mine} school={session.school.name} />}>
      {mine && <Visit mine={mine} />}
      {!mine && (problem ? <LoadProblem problem={problem} retry={visit.reload} /> : <Loading />)}
    </Page>
  );
}

function Lead({ mine, school }: { mine: Schemas['Visit']; school: string }) {
  const students = studentsOf(mine.appointments);
  return (
    <>
      {students.length > 0 && <p>{t('visit.invited', { parent: mine.invited_by, students: dates.value.list(students), school })}</p>}
      <EveningLine evening={mine.evening} />
    </>
  );
}

function Visit({ mine }: { mine: Schemas['Visit'] }) {
  const now = useNow((at) => nextChange(mine.appointments, at));
  const { coming, earlier } = partByTime(mine.appointments, now);
  return (
    <>
      <News mine={mine} now={now} />
      {coming.length > 0 && <Part title={t('visit.appointments')} of={coming} now={now} />}
      {earlier.length > 0 && <Part title={t('visit.earlier')} of={earlier} now={now} />}
      <p class="soft">{t('visit.yours')}</p>
    </>
  );
}

function Part({ title, of, now }: { title: string; of: readonly Appointment[]; now: number }) {
  return (
    <section class="stack">
      <h2>{title}</h2>
      <ul class="cards">
        {of.map((one) => <AppointmentCard key={one.id} one={one} now={now} people={t('appointment.with', { teachers: teacherNames(one) })} />)}
      </ul>
    </section>
  );
}

function News({ mine, now }: { mine: Schemas['Visit']; now: number }) {
  const news = visitNews(mine.appointments, now);
  if (news.is === 'empty') return <div class="card empty stack"><h2>{t('visit.empty_title')}</h2><p>{t('visit.empty')}</p></div>;
  const sentence = news.is === 'later' ? t('visit.come_back', { when: dates.value.moment(news.opensAt, now) }) : t(`visit.${news.is === 'open' ? 'open_now' : 'over'}`);
  return <div class={news.is === 'open' ? 'notice notice-green' : 'notice'} role="status"><p>{sentence}</p></div>;
}
