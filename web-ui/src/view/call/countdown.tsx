// How long is left (C2): always to be seen, said aloud only at five minutes and at one.
import { Clock as ClockSign } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { passedMark, remaining, type Remaining } from '../../model/call_clock';
import type { Clock } from '../../model/call_state';
import { say, timer } from './text';

/** The present moment, anew every second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export interface CountdownProps {
  readonly clock: Clock;
  readonly onMark: (sentence: string) => void;
}

export function Countdown({ clock, onMark }: CountdownProps) {
  const left = remaining(clock, useNow());
  const before = useRef<Remaining | null>(null);
  useEffect(() => {
    const mark = passedMark(before.current, left);
    before.current = left;
    if (mark !== null) onMark(say('time.minutes_left', { count: mark / 60 }));
  });
  if (!left) return null;
  const shown = { digits: timer(left.seconds) };
  const last = left.until === 'close' || left.seconds <= 60;
  return (
    <p class={`call-countdown${last ? ' call-countdown-last' : ''}`} role="timer" aria-live="off">
      <ClockSign aria-hidden="true" size={18} />
      <span aria-hidden="true">{say(left.until === 'talk' ? 'time.left_short' : 'time.over_short', shown)}</span>
      <span class="visually-hidden">{say(left.until === 'talk' ? 'time.left' : 'time.over', shown)}</span>
    </p>
  );
}
