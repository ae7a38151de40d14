// What the call asks of the box, as answers that are values: granted, refused, or lost on the way.
import {
  readGrantedSeat, readLoadedCall, readPlace, readRefusal, type GrantedSeat, type LoadedCall, type RefusedAnswer,
} from '../model/call_events';
import type { Own } from '../model/call_state';
import type { LocalCandidate } from './candidate_batch';

export type Reply<T> =
  | { readonly is: 'ok'; readonly value: T }
  | { readonly is: 'refused'; readonly refused: RefusedAnswer }
  | { readonly is: 'lost' };

export type ClaimReply = { readonly place: number } | { readonly seat: GrantedSeat };

export const apiRoot = '/api/v1';
/** The box answers a claim within 5 s; a hanging request is given up. */
const patience = 8000;

interface Ask {
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** A last word that has to outlive the page. */
  readonly keepalive?: boolean;
}

export class CallApi {
  readonly #page: string;

  /** `page`: the random name of this page, the same as its event stream's. */
  constructor(page: string) {
    this.#page = page;
  }

  load(call: number): Promise<Reply<LoadedCall>> {
    return ask('GET', `/calls/${call}`, {}, (body) => readLoadedCall(body));
  }

  claim(call: number, resume: boolean, signal: AbortSignal): Promise<Reply<ClaimReply>> {
    return ask('POST', `/calls/${call}/seat`, { body: { page: this.#page, resume }, signal }, (body, status) => {
      if (status === 202) {
        const place = readPlace(body);
        return place === null ? null : { place };
      }
      const seat = readGrantedSeat(body);
      return seat && { seat };
    });
  }

  answer(seat: string, sdp: string): Promise<Reply<true>> {
    return ask('PUT', `/seats/${seat}/answer`, { body: { sdp } }, () => true);
  }

  candidates(seat: string, candidates: readonly LocalCandidate[]): Promise<Reply<true>> {
    return ask('POST', `/seats/${seat}/candidates`, { body: { candidates } }, () => true);
  }

  status(seat: string, own: Own): Promise<Reply<true>> {
    return ask('PUT', `/seats/${seat}/status`, { body: { muted: own.muted, camera_off: own.cameraOff } }, () => true);
  }

  leave(seat: string): Promise<Reply<true>> {
    return ask('DELETE', `/seats/${seat}`, { keepalive: true }, () => true);
  }

  stopWaiting(call: number): Promise<Reply<true>> {
    return ask('DELETE', `/calls/${call}/queue`, { keepalive: true }, () => true);
  }
}

async function ask<T>(
  method: string, path: string, { body, signal, keepalive }: Ask, read: (body: unknown, status: number) => T | null,
): Promise<Reply<T>> {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), patience);
  signal?.addEventListener('abort', () => given.abort());
  try {
    const response = await fetch(apiRoot + path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: given.signal,
      ...(keepalive ? { keepalive } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    return await understand(response, path, read);
  } catch {
    return { is: 'lost' };
  } finally {
    clearTimeout(timer);
  }
}

async function understand<T>(
  response: Response, path: string, read: (body: unknown, status: number) => T | null,
): Promise<Reply<T>> {
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) return { is: 'refused', refused: readRefusal(body) };
  const value = read(body, response.status);
  if (value !== null) return { is: 'ok', value };
  console.warn(`parley: an answer of ${path} that cannot be understood`);
  return { is: 'refused', refused: { error: 'internal', opensAt: null, retryAfter: null } };
}
