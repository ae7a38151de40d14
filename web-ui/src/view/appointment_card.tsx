import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { DoorOpen, Phone, Video, type LucideIcon } from 'lucide-preact';
import { className, fullName, joinAt, type Appointment } from '../model/appointments';
import { dates } from '../state/dates';
import { t } from '../state/i18n';
import { JoinButton } from './join_button';

const icons: Record<Appointment['mode'], LucideIcon> = { video: Video, in_person: DoorOpen, telephone: Phone };

interface CardProps {
  readonly one: Appointment;
  readonly now: number;
  /** Who takes part besides the reader, for example "with Ada Osei". */
  readonly people: ComponentChildren;
  /** What the card says beyond time, student, class and mode. */
  readonly children?: ComponentChildren;
  /** Buttons beside Join. */
  readonly actions?: ComponentChildren;
}

/** One appointment in a list; the open one stands out. A guest is not told the class (M13). */
export function AppointmentCard({ one, now, people, children, actions }: CardProps) {
  const id = useId();
  const join = joinAt(one, now);
  const taught = className(one.class);
  return (
    <li class={join.is === 'open' ? 'card appointment appointment-open' : 'card appointment'}>
      <div class="appointment-head">
        <h3 id={id}>
          <span class="appointment-time"><Span one={one} /></span>
          <bdi class="appointment-student">{fullName(one.student)}</bdi>
        </h3>
        <Mode one={one} />
      </div>
      <p>
        {taught.subject && <><bdi>{taught.subject}</bdi>{taught.group && <span class="soft"> <bdi>{taught.group}</bdi></span>}<br /></>}
        {people}
      </p>
      {children}
      <div class="row appointment-actions">
        <JoinButton call={one.id} join={join} now={now} about={id} />
        {actions}
      </div>
    </li>
  );
}

function Span({ one }: { one: Appointment }) {
  const { time } = dates.value;
  return (
    <>
      <time dateTime={one.starts_at}>{time(one.starts_at)}</time>
      <span aria-hidden="true"> – </span><span class="visually-hidden"> {t('appointment.until')} </span>
      <time dateTime={one.ends_at}>{time(one.ends_at)}</time>
    </>
  );
}

function Mode({ one }: { one: Appointment }) {
  const Icon = icons[one.mode];
  return (
    <p class="tag">
      <Icon size={16} aria-hidden="true" />
      <span>{t(`mode.${one.mode}`)}{one.room && <> · <bdi>{one.room}</bdi></>}</span>
    </p>
  );
}

export function teacherNames(one: Pick<Appointment, 'teachers'>): string {
  return dates.value.list(one.teachers.map(({ name }) => name));
}
