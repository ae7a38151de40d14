// Every request of the pages to the box (the call's own are in src/rtc). An answer is a value, never an exception.
import createClient from 'openapi-fetch';
import type { FieldError, Schemas } from '../model/shapes';
import type { paths } from './schema';

export type { FieldError, Schemas };

/** What the box refused, or that it was not reached (`error` is then `offline`), or that it broke (`broken`). */
export interface Problem {
  readonly error: string;
  readonly fields: readonly FieldError[];
  readonly retryAfter: number | null;
}
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** A request that takes longer is given up: the box answers within 15 s or not at all. */
const patience = 15_000;

export const client = createClient<paths>({
  baseUrl: '/api/v1',
  credentials: 'same-origin',
  cache: 'no-store',
  fetch: (request) => fetch(request, { signal: AbortSignal.timeout(patience) }),
});

interface Answered<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

const problem = (error: string): Problem => ({ error, fields: [], retryAfter: null });

/** Waits for a request of `client` and tells the listeners of `watchReach` whether the box was reached. */
export async function ask<T>(request: Promise<Answered<T>>): Promise<Reply<T>> {
  try {
    const { data, error, response } = await request;
    reach(response.status !== 502 && response.status !== 504);
    return response.ok ? { ok: true, value: data as T } : { ok: false, problem: readProblem(error) };
  } catch {
    reach(false);
    return { ok: false, problem: problem('offline') };
  }
}

function readProblem(body: unknown): Problem {
  const given = body as Partial<Schemas['Error']> | null | undefined;
  if (typeof given?.error !== 'string') return problem('broken');
  return { error: given.error, fields: Array.isArray(given.fields) ? given.fields : [], retryAfter: given.retry_after ?? null };
}

let reach: (reached: boolean) => void = () => {};
/** `told` hears after every request whether the box was reached. */
export function watchReach(told: (reached: boolean) => void): void {
  reach = told;
}
