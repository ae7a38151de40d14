// What befalls a page: it is hidden, frozen, put aside for "back", slept through with the whole machine, or closed.
const beat = 1000;
/** Timers of a page that runs come late by less than this, even in the background. */
const jump = 5000;

export interface PageLifePort {
  /** The page may have been asleep. */
  woke(): void;
  /** It is being closed for good: last words only. */
  closing(): void;
  network(up: boolean): void;
  /** Once a second while the page is awake. */
  tick(now: number): void;
}

/** Returns the end of it. */
export function watchPageLife(port: PageLifePort): () => void {
  let before = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (Math.abs(now - before) > jump) port.woke();
    before = now;
    port.tick(now);
  }, beat);
  const visibility = (): void => {
    if (document.visibilityState === 'visible') port.woke();
  };
  const shown = (event: PageTransitionEvent): void => {
    if (event.persisted) port.woke();
  };
  const hidden = (event: PageTransitionEvent): void => {
    if (!event.persisted) port.closing();
  };
  const resumed = (): void => port.woke();
  const online = (): void => port.network(true);
  const offline = (): void => port.network(false);
  document.addEventListener('visibilitychange', visibility);
  document.addEventListener('resume', resumed);
  window.addEventListener('pageshow', shown);
  window.addEventListener('pagehide', hidden);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', visibility);
    document.removeEventListener('resume', resumed);
    window.removeEventListener('pageshow', shown);
    window.removeEventListener('pagehide', hidden);
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
  };
}
