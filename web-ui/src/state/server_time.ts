// The box's clock: buttons light up by its time, whatever the device's own clock says.
import { signal } from '@preact/signals';

const ahead = signal(0);

export function setServerTime(now: string): void {
  const given = Date.parse(now);
  if (!Number.isNaN(given)) ahead.value = given - Date.now();
}

/** Milliseconds since 1970 by the box's clock. */
export function serverNow(): number {
  return Date.now() + ahead.value;
}
