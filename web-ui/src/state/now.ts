import { useEffect, useState } from 'preact/hooks';
import { serverNow } from './server_time';

/** The longest that a timer is trusted: a device that slept looks again when it wakes. */
const longest = 30_000;

/** The box's time; draws the component again at the moment that `next` names (and now and then before). */
export function useNow(next: (now: number) => number | null): number {
  const [, draw] = useState(0);
  const now = serverNow();
  const change = next(now);
  useEffect(() => {
    if (change === null) return;
    const timer = setTimeout(() => draw((count) => count + 1), Math.min(Math.max(change - serverNow(), 0) + 20, longest));
    return () => clearTimeout(timer);
  });
  return now;
}
