// The one event stream of this page (text/event-stream, tests/golden/events.jsonl). EventSource itself reconnects and
// sends Last-Event-ID; only when the box refuses the stream outright it is opened again from here.

/** An event as it came: `data` is JSON and not yet trusted. */
export interface PageEvent {
  readonly name: string;
  readonly data: unknown;
}
export type StreamState = 'closed' | 'connecting' | 'open' | 'lost';

const names = [
  'hello', 'roster', 'queue', 'let_in', 'knocked_out', 'removed', 'signed_out', 'clock', 'ended', 'limit', 'reconnect', 'seat_failed', 'changed',
] as const;
const reopenAfter = 5000;

/** This page's random name: 32 hex digits, the same in the stream and in a claim for a seat. */
export const pageName = randomName();

function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const listeners = new Set<(event: PageEvent) => void>();
let stream: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;
let watched: number | null = null;
let told: (state: StreamState) => void = () => {};

/** Hears every event of the page until the returned function is called. */
export function listen(listener: (event: PageEvent) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** `state` hears how the stream fares; one listener. */
export function watchStream(state: (state: StreamState) => void): void {
  told = state;
}

/** Opens the stream unless it is open. Needs a session. */
export function openEvents(): void {
  if (!stream && timer === null) connect();
}

export function closeEvents(): void {
  drop();
  told('closed');
}

/** Watches a call besides (its roster, clock and seats), or none: `hello` and the call's state come afresh. */
export function watchCall(call: number | null): void {
  if (watched === call) return;
  watched = call;
  if (stream || timer !== null) {
    drop();
    connect();
  }
}

function drop(): void {
  stream?.close();
  stream = null;
  if (timer !== null) clearTimeout(timer);
  timer = null;
}

function connect(): void {
  timer = null;
  told('connecting');
  const query = new URLSearchParams({ page: pageName, ...(watched === null ? {} : { call: String(watched) }) });
  const opened = new EventSource(`/api/v1/events?${query}`);
  stream = opened;
  opened.onopen = () => told('open');
  opened.onerror = () => lost(opened);
  for (const name of names) opened.addEventListener(name, (event: MessageEvent<string>) => pass(opened, name, event.data));
}

function lost(failed: EventSource): void {
  if (stream !== failed) return;
  told('lost');
  if (failed.readyState !== EventSource.CLOSED) return;
  drop();
  timer = setTimeout(connect, reopenAfter);
}

function pass(from: EventSource, name: string, text: string): void {
  if (stream !== from) return;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    console.warn(`parley: an event ${name} that cannot be understood`);
    return;
  }
  for (const listener of [...listeners]) listener({ name, data });
}
