// Everything that can happen to a call, as one closed union; and the box's events and answers turned into it.
// A message that is not as openapi.yaml has it becomes null: the caller says so in the console, nothing guesses.
import type { CallInfo, FailReason, IceServer, NextCall, Offer, Person, Role, Roster } from './call_state';

/** The box's events (tests/golden/events.jsonl). `call` is null for those that concern the whole page. */
export type ServerEvent =
  | { readonly type: 'hello'; readonly now: number }
  | { readonly type: 'roster'; readonly call: number; readonly roster: Roster }
  | { readonly type: 'queue'; readonly call: number; readonly place: number }
  | { readonly type: 'let_in'; readonly call: number; readonly until: number }
  | { readonly type: 'knocked_out'; readonly call: number }
  | { readonly type: 'removed'; readonly call: number }
  | { readonly type: 'signed_out' }
  | { readonly type: 'clock'; readonly call: number; readonly now: number; readonly endsAt: number; readonly closesAt: number }
  | { readonly type: 'ended'; readonly call: number; readonly next: number | null }
  | { readonly type: 'limit'; readonly call: number; readonly seat: string; readonly maxBitrate: number }
  | { readonly type: 'reconnect'; readonly call: number; readonly reason: string }
  | { readonly type: 'seat_failed'; readonly call: number; readonly seat: string; readonly reason: string }
  | { readonly type: 'changed'; readonly what: string };

export interface LoadedCall {
  readonly info: CallInfo;
  readonly roster: Roster;
  readonly now: number;
  readonly opensAt: number;
  readonly endsAt: number;
  readonly closesAt: number;
}

export interface GrantedSeat {
  readonly seat: string;
  readonly index: number;
  readonly offer: Offer;
  readonly roster: Roster;
  readonly now: number;
  readonly endsAt: number;
  readonly closesAt: number;
}

/** The box's own names for a "no" (daemon/domain/refusal.h); one that is not known here is treated as `internal`. */
export interface RefusedAnswer {
  readonly error: string;
  readonly opensAt: number | null;
  readonly retryAfter: number | null;
}

/** `now` is the page's clock, ms. */
export type CallEvent =
  | { readonly type: 'server'; readonly event: ServerEvent; readonly now: number }
  | { readonly type: 'loaded'; readonly call: LoadedCall; readonly now: number }
  | { readonly type: 'load_refused'; readonly refused: RefusedAnswer }
  | { readonly type: 'load_lost' }
  | { readonly type: 'seat_granted'; readonly claim: number; readonly seat: GrantedSeat; readonly now: number }
  | { readonly type: 'queued'; readonly claim: number; readonly place: number }
  | { readonly type: 'claim_refused'; readonly claim: number; readonly refused: RefusedAnswer }
  | { readonly type: 'claim_lost'; readonly claim: number }
  | { readonly type: 'link_up'; readonly seat: string }
  | { readonly type: 'link_down'; readonly seat: string }
  | { readonly type: 'seat_gone'; readonly seat: string }
  | { readonly type: 'network'; readonly up: boolean }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'own'; readonly muted: boolean; readonly cameraOff: boolean }
  | { readonly type: 'press_join' }
  | { readonly type: 'press_leave' }
  | { readonly type: 'press_retry' };

type Fields = Readonly<Record<string, unknown>>;

class Malformed extends Error {}

const fields = (value: unknown): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed();
  return value as Fields;
};
const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new Malformed();
  return value;
};
const integer = (value: unknown): number => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Malformed();
  return value;
};
const flag = (value: unknown): boolean => {
  if (typeof value !== 'boolean') throw new Malformed();
  return value;
};
const list = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Malformed();
  return value;
};
const instant = (value: unknown): number => {
  const at = Date.parse(text(value));
  if (Number.isNaN(at)) throw new Malformed();
  return at;
};
const oneOf = <T extends string>(value: unknown, known: readonly T[]): T => {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Malformed();
  return found;
};
const orNull = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === undefined || value === null ? null : read(value);

const roles: readonly Role[] = ['guest', 'parent', 'teacher', 'admin'];

const person = (value: unknown): Person => {
  const one = fields(value);
  const index = integer(one.index);
  if (index < 0 || index > 3) throw new Malformed();
  return {
    index,
    role: oneOf(one.role, roles),
    name: text(one.name),
    muted: flag(one.muted),
    cameraOff: flag(one.camera_off),
    link: oneOf(one.link, ['connecting', 'connected', 'lost'] as const),
  };
};

const roster = (value: unknown): Roster => {
  const one = fields(value);
  return { waiting: integer(one.waiting), people: list(one.people).map(person).sort((a, b) => a.index - b.index) };
};

const readers: { readonly [Name in ServerEvent['type']]: (data: Fields) => Extract<ServerEvent, { type: Name }> } = {
  hello: (data) => ({ type: 'hello', now: instant(data.now) }),
  roster: (data) => ({ type: 'roster', call: integer(data.call), roster: roster(data) }),
  queue: (data) => ({ type: 'queue', call: integer(data.call), place: integer(data.place) }),
  let_in: (data) => ({ type: 'let_in', call: integer(data.call), until: instant(data.until) }),
  knocked_out: (data) => ({ type: 'knocked_out', call: integer(data.call) }),
  removed: (data) => ({ type: 'removed', call: integer(data.call) }),
  signed_out: () => ({ type: 'signed_out' }),
  clock: (data) => ({
    type: 'clock', call: integer(data.call), now: instant(data.now), endsAt: instant(data.ends_at),
    closesAt: instant(data.closes_at),
  }),
  ended: (data) => ({ type: 'ended', call: integer(data.call), next: orNull(data.next, integer) }),
  limit: (data) => ({ type: 'limit', call: integer(data.call), seat: text(data.seat), maxBitrate: integer(data.max_bitrate) }),
  reconnect: (data) => ({ type: 'reconnect', call: integer(data.call), reason: text(data.reason) }),
  seat_failed: (data) => ({ type: 'seat_failed', call: integer(data.call), seat: text(data.seat), reason: text(data.reason) }),
  changed: (data) => ({ type: 'changed', what: text(data.what) }),
};

export const serverEventNames = Object.keys(readers) as readonly ServerEvent['type'][];

const wellFormed = <T>(read: () => T): T | null => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
};

export function readServerEvent(name: string, data: unknown): ServerEvent | null {
  const known = serverEventNames.find((one) => one === name);
  return known === undefined ? null : wellFormed(() => readers[known](fields(data)));
}

const next = (value: unknown): NextCall => {
  const one = fields(value);
  return {
    id: integer(one.id),
    startsAt: instant(one.starts_at),
    title: text(fields(one.class).subject),
  };
};

export function readLoadedCall(value: unknown): LoadedCall | null {
  return wellFormed(() => {
    const one = fields(value);
    const appointment = fields(one.appointment);
    return {
      info: {
        student: text(fields(appointment.student).first_name),
        subject: text(fields(appointment.class).subject),
        teachers: list(appointment.teachers).map((teacher) => text(fields(teacher).name)),
        ownName: text(one.own_name),
        startsAt: instant(one.starts_at),
        next: orNull(one.next, next),
      },
      roster: roster(one.roster),
      now: instant(one.now),
      opensAt: instant(one.opens_at),
      endsAt: instant(one.ends_at),
      closesAt: instant(one.closes_at),
    };
  });
}

const iceServer = (value: unknown): IceServer => {
  const one = fields(value);
  const username = orNull(one.username, text);
  const credential = orNull(one.credential, text);
  return {
    urls: list(one.urls).map(text),
    ...(username === null ? {} : { username }),
    ...(credential === null ? {} : { credential }),
  };
};

export function readGrantedSeat(value: unknown): GrantedSeat | null {
  return wellFormed(() => {
    const one = fields(value);
    return {
      seat: text(one.seat),
      index: integer(one.index),
      offer: { sdp: text(one.sdp), iceServers: list(one.ice_servers).map(iceServer) },
      roster: roster(one.roster),
      now: instant(one.now),
      endsAt: instant(one.ends_at),
      closesAt: instant(one.closes_at),
    };
  });
}

export function readPlace(value: unknown): number | null {
  return wellFormed(() => integer(fields(value).place));
}

/** Any error body; one that is none reads as `internal`. */
export function readRefusal(value: unknown): RefusedAnswer {
  const read = wellFormed(() => {
    const one = fields(value);
    return {
      error: text(one.error),
      opensAt: orNull(one.opens_at, instant),
      retryAfter: orNull(one.retry_after, integer),
    };
  });
  return read ?? { error: 'internal', opensAt: null, retryAfter: null };
}

/** What a refused join means for the person. */
export function failReason(error: string): FailReason {
  switch (error) {
    case 'not_found':
    case 'not_allowed': return 'not_found';
    case 'not_a_video_appointment': return 'not_video';
    case 'queue_full':
    case 'call_full': return 'queue_full';
    case 'box_full': return 'box_full';
    case 'media_unavailable': return 'media_unavailable';
    default: return 'internal';
  }
}
