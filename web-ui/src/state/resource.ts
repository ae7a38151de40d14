// What a page shows of the box: loaded once, loaded again when an event says it changed or the connection is back.
import { signal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Problem, Reply } from '../api/client';
import { listen } from '../api/events';
import { noticeRefusal } from './session';
import { setServerTime } from './server_time';

export interface Resource<T> {
  readonly value: Signal<T | null>;
  /** What kept the newest value from coming; the older one stays. */
  readonly problem: Signal<Problem | null>;
  readonly reload: () => void;
}

const shown = new Set<() => void>();

/** Loads everything afresh that is on the page. */
export function reloadAll(): void {
  for (const reload of shown) reload();
}

/**
 * Loads at first sight, again after every `changed`, when the box is back, and when the page is looked at again.
 * `key` names what is loaded: another key is another resource.
 */
export function useResource<T>(load: () => Promise<Reply<T>>, key: string): Resource<T> {
  const resource = useMemo(() => makeResource(load), [key]);
  useEffect(() => {
    const { reload } = resource;
    const seen = (): void => { if (document.visibilityState === 'visible') reload(); };
    const unlisten = listen(({ name }) => { if (name === 'changed') reload(); });
    shown.add(reload);
    document.addEventListener('visibilitychange', seen);
    reload();
    return () => {
      unlisten();
      shown.delete(reload);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [resource]);
  return resource;
}

/** One request at a time: whoever asks while one is under way gets one more behind it. */
function makeResource<T>(load: () => Promise<Reply<T>>): Resource<T> {
  const value = signal<T | null>(null);
  const problem = signal<Problem | null>(null);
  let busy = false;
  let again = false;
  const take = (reply: Reply<T>): void => {
    problem.value = reply.ok ? null : reply.problem;
    if (!reply.ok) return noticeRefusal(reply.problem);
    const { now } = reply.value as { now?: unknown };
    if (typeof now === 'string') setServerTime(now);
    value.value = reply.value;
  };
  const reload = async (): Promise<void> => {
    again = busy;
    if (busy) return;
    busy = true;
    take(await load());
    busy = false;
    if (again) void reload();
  };
  return { value, problem, reload: () => void reload() };
}
