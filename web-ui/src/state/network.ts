// Whether the box can be reached: by the last request, by the stream, and by what the browser says.
import { computed, signal } from '@preact/signals';
import { watchReach } from '../api/client';
import { watchStream, type StreamState } from '../api/events';

const reached = signal(true);
const stream = signal<StreamState>('closed');
const browserOnline = signal(true);

export const offline = computed(() => !browserOnline.value || stream.value === 'lost' || (!reached.value && stream.value !== 'open'));

/** Calls `back` whenever the box can be reached again after it could not. */
export function watchNetwork(back: () => void): void {
  let was = false;
  watchReach((now) => { reached.value = now; });
  watchStream((now) => {
    // A stream that is being opened again is not back yet.
    if (now === 'connecting' && stream.value === 'lost') return;
    stream.value = now;
    if (now === 'open') reached.value = true;
  });
  addEventListener('online', () => { browserOnline.value = true; });
  addEventListener('offline', () => { browserOnline.value = false; });
  offline.subscribe((now) => {
    if (was && !now) back();
    was = now;
  });
}
