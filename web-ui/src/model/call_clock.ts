// The countdown of a call (C2): how long is left, how it reads, and when it is said aloud.
import type { Clock } from './call_state';

/** Until the appointment ends (`talk`), then until the box closes the call (`close`); whole seconds, never negative. */
export type Remaining = { readonly until: 'talk' | 'close'; readonly seconds: number };

const whole = (ms: number): number => Math.max(0, Math.ceil(ms / 1000));

export function remaining(clock: Clock, now: number): Remaining | null {
  const { endsAt, closesAt, skew } = clock;
  if (endsAt === null) return null;
  const serverNow = now + skew;
  if (serverNow < endsAt) return { until: 'talk', seconds: whole(endsAt - serverNow) };
  return { until: 'close', seconds: whole((closesAt ?? endsAt) - serverNow) };
}

/** `1:05:09`, `9:05`, `0:07`. */
export function digits(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

const marks = [300, 60] as const;
export type Mark = (typeof marks)[number];

/** The mark (seconds left) that was passed between two looks; the later one when a sleep skipped both. */
export function passedMark(before: Remaining | null, after: Remaining | null): Mark | null {
  if (before?.until !== 'talk' || after?.until !== 'talk') return null;
  const passed = marks.filter((mark) => before.seconds > mark && after.seconds <= mark);
  return passed[passed.length - 1] ?? null;
}
