import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, client, type Schemas } from '../api/client';
import { byHour, canBook, choosing, firstMissing, noteLeft, type BookingField, type Choices, type Choosing, type ClassChoice } from '../model/booking';
import { fullName } from '../model/appointments';
import { useAction } from '../state/action';
import { dates } from '../state/dates';
import { t } from '../state/i18n';
import { serverNow } from '../state/server_time';
import { teacherNames } from './appointment_card';
import { errorSentence } from './error_sentence';
import { describe, Field, FieldError } from './field';
import './forms.css';

interface BookingFormProps {
  readonly evening: number;
  readonly choices: Choices;
  readonly booked: (one: Schemas['Appointment']) => void;
  readonly reload: () => void;
}

const missing: Record<BookingField, string> = { student: 'booking.missing_student', class: 'booking.missing_class', slot: 'booking.missing_time' };

/** Student and class stand in the address, so that back and reload keep them. */
export function BookingForm({ evening, choices, booked, reload }: BookingFormProps) {
  const { query, route } = useLocation();
  const box = useRef<HTMLFormElement>(null);
  const [slot, setSlot] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState<BookingField | 'note' | null>(null);
  const action = useAction();
  const chosen = choosing(choices, { student: Number(query['student']) || null, class: Number(query['class']) || null, slot });

  useEffect(() => {
    if (wrong) box.current?.querySelector<HTMLElement>(`[data-part="${wrong}"] :is(input, textarea):not(:disabled)`)?.focus();
  }, [wrong, action.problem]);
  const choose = (part: Record<string, number>): void => {
    const wanted = { student: chosen.student?.student.id, ...part };
    const search = Object.entries(wanted).filter(([, id]) => id !== undefined).map(([name, id]) => `${name}=${id}`).join('&');
    route(`/bookings/new?${search}`, true);
    setWrong(null);
  };
  const send = (event: Event): void => {
    event.preventDefault();
    const first = firstMissing(chosen) ?? (noteLeft(note) < 0 ? 'note' : null);
    setWrong(first);
    if (first) return;
    void action.run(async () => {
      const reply = await ask(client.POST('/evenings/{evening}/appointments', { params: { path: { evening } }, body: request(chosen, note) }));
      if (!reply.ok && reply.problem.error !== 'offline') reload();
      return reply;
    }, booked);
  };
  const error = (part: BookingField): string | null => (wrong === part ? t(missing[part]) : null);

  return (
    <form ref={box} class="stack form" noValidate onSubmit={send}>
      {choices.students.length > 1 && (
        <Part part="student" title={t('booking.choose_student')} error={error('student')}>
          {choices.students.map(({ student }) => (
            <Option key={student.id} name="student" checked={chosen.student?.student.id === student.id} wrong={wrong === 'student'} choose={() => choose({ student: student.id })}>
              <bdi>{fullName(student)}</bdi>
            </Option>
          ))}
        </Part>
      )}
      {chosen.student && (
        <Part part="class" title={t('booking.choose_class')} error={error('class')}>
          {chosen.student.classes.map((one) => (
            <ClassOption key={one.id} one={one} checked={chosen.class?.id === one.id} wrong={wrong === 'class'} choose={() => choose({ class: one.id })} />
          ))}
        </Part>
      )}
      {chosen.class && <Slots of={chosen.class} chosen={chosen.slot} error={error('slot')} choose={(at) => { setSlot(at); setWrong(null); }} />}
      {chosen.class && <Note note={note} wrong={wrong === 'note'} change={setNote} />}
      {chosen.slot && <p class="notice" role="status"><strong>{summary(chosen)}</strong></p>}
      {action.problem && <p class="notice notice-red" role="alert">{errorSentence(action.problem)}</p>}
      <button class="button button-primary button-wide" aria-disabled={action.busy}>{t(action.busy ? 'sending' : 'booking.send')}</button>
    </form>
  );
}

function request({ student, class: chosen, slot }: Choosing, note: string): Schemas['BookRequest'] {
  return { student: student?.student.id ?? 0, class: chosen?.id ?? 0, starts_at: slot ?? '', ...(note.trim() ? { note: note.trim() } : {}) };
}

function summary({ student, class: chosen, slot }: Choosing): string {
  if (!student || !chosen || !slot) return '';
  const time = dates.value.moment(slot, serverNow());
  return t('booking.summary', { student: fullName(student.student), class: chosen.subject, teachers: teacherNames(chosen), time });
}

interface PartProps {
  readonly part: BookingField;
  readonly title: string;
  readonly error: string | null;
  readonly children: ComponentChildren;
}

function Part({ part, title, error, children }: PartProps) {
  return (
    <fieldset class="card field" data-part={part}>
      <legend class="visually-hidden">{title}</legend>
      <h2 aria-hidden="true">{title}</h2>
      <FieldError id={`booking-${part}`} error={error} />
      <div class="options">{children}</div>
    </fieldset>
  );
}

interface OptionProps {
  readonly name: BookingField;
  readonly checked: boolean;
  readonly off?: boolean;
  readonly wrong: boolean;
  readonly choose: () => void;
  readonly children: ComponentChildren;
}

function Option({ name, checked, off = false, wrong, choose, children }: OptionProps) {
  return (
    <label class={`option ${checked ? 'option-chosen' : ''} ${off ? 'option-off' : ''}`}>
      <input type="radio" name={name} checked={checked} disabled={off} onChange={choose} {...describe(`booking-${name}`, false, wrong)} />
      {children}
    </label>
  );
}

function ClassOption({ one, checked, wrong, choose }: { one: ClassChoice; checked: boolean; wrong: boolean; choose: () => void }) {
  const { moment } = dates.value;
  const state = one.booked ? t('booking.booked_at', { time: moment(one.booked, serverNow()) }) : one.slots.length ? t('booking.free', { count: one.slots.length }) : t('booking.full');
  return (
    <Option name="class" checked={checked} off={!canBook(one)} wrong={wrong} choose={choose}>
      <span class="option-text"><bdi>{one.subject}</bdi><br /><span class="soft small">{teacherNames(one)}</span></span>
      <span class="option-note">{t(`mode.${one.mode}`)}<br />{state}</span>
    </Option>
  );
}

function Slots({ of: { slots: free }, chosen, error, choose }: { of: ClassChoice; chosen: string | null; error: string | null; choose: (slot: string) => void }) {
  const { time, hour } = dates.value;
  const hours = byHour(free, hour);
  return (
    <Part part="slot" title={t('booking.choose_time')} error={error}>
      {hours.map(({ hour: of, slots }) => (
        <div key={of} class="slots">
          {slots.map((slot) => (
            <Option key={slot} name="slot" checked={chosen === slot} wrong={error !== null} choose={() => choose(slot)}>
              <time dateTime={slot}>{time(slot)}</time>
            </Option>
          ))}
        </div>
      ))}
    </Part>
  );
}

function Note({ note, wrong, change }: { note: string; wrong: boolean; change: (note: string) => void }) {
  const left = noteLeft(note);
  return (
    <div class="card" data-part="note">
      <Field id="booking-note" label={t('booking.note')} hint={left < 100 && left >= 0 ? t('booking.note_left', { count: left }) : t('booking.note_hint')}
        error={(wrong || left < 0) && t('error.note_too_long')}>
        <textarea name="note" rows={3} dir="auto" value={note} onInput={(event) => change(event.currentTarget.value)} />
      </Field>
    </div>
  );
}
