// What a page knows about the call it is in, as plain data. Times with `At` are the server's clock in milliseconds
// since 1970, `now` in an event is the page's own clock; `Clock.skew` lies between the two.

export type Role = 'guest' | 'parent' | 'teacher' | 'admin';

/** One seat of the roster. `link` is what the box thinks of that person's connection. */
export interface Person {
  readonly index: number;
  readonly role: Role;
  readonly name: string;
  readonly muted: boolean;
  readonly cameraOff: boolean;
  readonly link: 'connecting' | 'connected' | 'lost';
}

export interface Roster {
  readonly waiting: number;
  readonly people: readonly Person[];
}

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface Offer {
  readonly sdp: string;
  readonly iceServers: readonly IceServer[];
}

/** Where the page leads when the call is over. */
export interface NextCall {
  readonly id: number;
  readonly startsAt: number | null;
  readonly title: string | null;
}

/** What the lobby shows. */
export interface CallInfo {
  readonly student: string;
  readonly subject: string;
  readonly teachers: readonly string[];
  readonly ownName: string;
  readonly startsAt: number;
  readonly next: NextCall | null;
}

/** `skew` is to be added to the page's clock to get the server's. */
export interface Clock {
  readonly skew: number;
  readonly endsAt: number | null;
  readonly closesAt: number | null;
}

/**
 * A claim for a seat: under way, or to be started `delay` ms after it appeared. `resume`: the page comes back by itself
 * and must never knock another page out (M9). `attempt` counts the failed ones before it.
 */
export interface Claim {
  readonly number: number;
  readonly resume: boolean;
  readonly attempt: number;
  readonly delay: number;
}

export type FailReason =
  | 'unreachable' | 'not_found' | 'not_video' | 'queue_full' | 'box_full' | 'media_unavailable' | 'no_route' | 'internal';

export type LobbyState = 'loading' | 'early' | 'open';
export type LinkState = 'connecting' | 'connected' | 'reconnecting';

/** A seat is named by the box anew with every connection; `index` stays while the person is in the call. */
export interface Seated {
  readonly at: 'seated';
  readonly seat: string;
  readonly index: number;
  readonly offer: Offer;
  readonly link: LinkState;
  /** Was connected at least once, so that a missing route is a lost network and not a wrong one. */
  readonly reached: boolean;
  /** Connections in a row that came to nothing. */
  readonly misses: number;
}

export type Phase =
  | { readonly at: 'lobby'; readonly lobby: LobbyState; readonly opensAt: number | null }
  | { readonly at: 'joining' }
  | { readonly at: 'waiting'; readonly place: number; readonly letIn: boolean }
  | Seated
  | { readonly at: 'knocked_out' }
  | { readonly at: 'removed'; readonly why: 'removed' | 'signed_out' }
  | { readonly at: 'ended'; readonly next: number | null }
  | { readonly at: 'left' }
  | { readonly at: 'failed'; readonly reason: FailReason; readonly during: 'lobby' | 'join' };

export interface Own {
  readonly muted: boolean;
  readonly cameraOff: boolean;
}

/** What the own camera of a seat may send, bit/s. Kept with its seat: it may come before the answer that names it. */
export interface Limit {
  readonly seat: string;
  readonly maxBitrate: number;
}

/** What the event stream said while a claim was under way: its answer may be older. */
export interface Heard {
  readonly place: number | null;
  readonly letIn: boolean;
}

export interface CallState {
  readonly call: number;
  readonly phase: Phase;
  readonly info: CallInfo | null;
  readonly roster: Roster;
  readonly clock: Clock;
  readonly own: Own;
  readonly claim: Claim | null;
  /** Claims so far; names each of them, so that late answers are known as such. */
  readonly claims: number;
  readonly heard: Heard;
  readonly limit: Limit | null;
  /** The event stream began anew and its roster has not come yet. */
  readonly freshStream: boolean;
  /** Neither the box nor anything else can be reached right now. */
  readonly offline: boolean;
}

export const nothingHeard: Heard = { place: null, letIn: false };

export function initialCall(call: number): CallState {
  return {
    call,
    phase: { at: 'lobby', lobby: 'loading', opensAt: null },
    info: null,
    roster: { waiting: 0, people: [] },
    clock: { skew: 0, endsAt: null, closesAt: null },
    own: { muted: false, cameraOff: false },
    claim: null,
    claims: 0,
    heard: nothingHeard,
    limit: null,
    freshStream: false,
    offline: false,
  };
}
