// A teacher's evening at a moment: who is there now, who is next (T1).
import { joinAt, partByTime, type Appointment } from './appointments';

export interface ScheduleView {
  /** Running, or with somebody already in the call or waiting for it. */
  readonly now: readonly Appointment[];
  readonly next: Appointment | null;
  readonly later: readonly Appointment[];
  readonly earlier: readonly Appointment[];
}

export function scheduleAt(appointments: readonly Appointment[], now: number): ScheduleView {
  const { coming, earlier } = partByTime(appointments, now);
  const running = coming.filter((one) => isNow(one, now));
  const [next = null, ...later] = coming.filter((one) => !isNow(one, now));
  return { now: running, next, later, earlier };
}

function isNow(one: Appointment, now: number): boolean {
  if (now >= Date.parse(one.starts_at)) return true;
  return joinAt(one, now).is === 'open' && (one.in_call ?? 0) + (one.waiting ?? 0) > 0;
}
