// Carries a call out: events in, the next state by src/model/call.ts, and what follows from it done in the world.
// One session a call page; `stop` ends it for good.
import { step } from '../model/call';
import { effects, type CallEffect } from '../model/call_effects';
import type { CallEvent, ServerEvent } from '../model/call_events';
import type { MediaState } from '../model/call_media';
import { initialCall, type CallState, type Claim, type Offer, type Own } from '../model/call_state';
import { apiRoot, CallApi, type Reply } from './call_api';
import { LocalMedia } from './local_media';
import { watchPageLife } from './page_life';
import { Probe } from './probe';
import { SeatConnection, type Tracks } from './seat_connection';
import { StatsWatch } from './stats_watch';
import { StatusLine } from './status_line';
import { WakeLock } from './wake_lock';

/** All that a page shows. `streams` and `speaking` are by slot; `speaking` of empty slots is false. */
export interface CallView {
  readonly state: CallState;
  readonly media: MediaState;
  /** What the person has switched; `state.own` is what the others are told. */
  readonly wish: Own;
  readonly preview: MediaStreamTrack | null;
  readonly streams: readonly MediaStream[];
  readonly speaking: readonly boolean[];
}

export class CallSession {
  readonly #call: number;
  readonly #api: CallApi;
  readonly #show: (view: CallView) => void;
  readonly #media: LocalMedia;
  readonly #status: StatusLine;
  readonly #wakeLock = new WakeLock();
  readonly #probe: Probe;
  readonly #endPageLife: () => void;
  #state: CallState;
  /** What the person wants; a device that is missing counts as muted or off for the others. */
  #wish: Own = { muted: false, cameraOff: false };
  #claiming: { number: number; timer: ReturnType<typeof setTimeout> | null; abort: AbortController } | null = null;
  #connection: SeatConnection | null = null;
  /** The connection before, shown until the new one is up. */
  #former: SeatConnection | null = null;
  #watch: StatsWatch | null = null;
  #streams: readonly MediaStream[] = [];
  #speaking: readonly boolean[] = [false, false, false];
  #stopped = false;

  constructor(call: number, page: string, show: (view: CallView) => void) {
    this.#call = call;
    this.#api = new CallApi(page);
    this.#show = show;
    this.#status = new StatusLine((seat, own) => this.#tell(seat, this.#api.status(seat, own)));
    this.#state = initialCall(call);
    this.#media = new LocalMedia(() => this.#mediaChanged());
    this.#probe = new Probe(`${apiRoot}/health`, (up) => this.#on({ type: 'network', up }));
    this.#endPageLife = watchPageLife({
      woke: () => this.#woke(),
      closing: () => this.#on({ type: 'press_leave' }),
      network: (up) => this.#on({ type: 'network', up }),
      tick: (now) => this.#on({ type: 'tick', now }),
    });
    void this.#load();
    void this.#media.open();
    this.#publish();
  }

  join(): void {
    this.#on({ type: 'press_join' });
  }

  leave(): void {
    this.#on({ type: 'press_leave' });
  }

  retry(): void {
    this.#on({ type: 'press_retry' });
  }

  /** An event of the page's stream. */
  heard(event: ServerEvent): void {
    this.#on({ type: 'server', event, now: Date.now() });
  }

  setMuted(muted: boolean): void {
    this.#wish = { ...this.#wish, muted };
    this.#media.setMuted(muted);
    this.#mediaChanged();
  }

  setCameraOff(cameraOff: boolean): void {
    this.#wish = { ...this.#wish, cameraOff };
    void this.#media.setCameraOff(cameraOff);
    this.#mediaChanged();
  }

  /** Asks once more for what the browser refused. */
  askForMedia(): void {
    void this.#media.open();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#on({ type: 'press_leave' });
    this.#stopped = true;
    this.#endPageLife();
    this.#probe.run(false);
    this.#dropClaim();
    this.#closeConnections();
    this.#wakeLock.set(false);
    this.#media.close();
  }

  #on(event: CallEvent): void {
    if (this.#stopped) return;
    const before = this.#state;
    const after = step(before, event);
    if (after === before) return;
    this.#state = after;
    for (const effect of effects(before, after)) this.#do(effect);
    this.#probe.run(this.#waitsForNetwork());
    this.#publish();
  }

  #waitsForNetwork(): boolean {
    const { phase, claim } = this.#state;
    if (claim) return claim.attempt > 0 || phase.at === 'seated';
    return phase.at === 'failed' && phase.reason === 'unreachable';
  }

  #publish(): void {
    if (this.#stopped) return;
    this.#show({
      state: this.#state,
      media: this.#media.state,
      wish: this.#wish,
      preview: this.#media.video,
      streams: this.#streams,
      speaking: this.#speaking,
    });
  }

  #do(effect: CallEffect): void {
    switch (effect.do) {
      case 'load': return void this.#load();
      case 'claim': return this.#claimLater(effect.claim);
      case 'drop_claim': return this.#dropClaim();
      case 'connect': return this.#connect(effect.seat, effect.offer);
      case 'close': return this.#closeConnections();
      case 'leave': return void this.#api.leave(effect.seat);
      case 'stop_waiting': return void this.#api.stopWaiting(this.#call);
      case 'status': return this.#status.tell(effect.seat, effect.own);
      case 'limit': return this.#connection?.limit(effect.maxBitrate);
      case 'open_media': return void this.#media.open();
      case 'close_media': return this.#media.close();
      case 'stay_awake': return this.#wakeLock.set(effect.on);
    }
  }

  async #load(): Promise<void> {
    const reply = await this.#api.load(this.#call);
    if (reply.is === 'ok') this.#on({ type: 'loaded', call: reply.value, now: Date.now() });
    else if (reply.is === 'refused') this.#on({ type: 'load_refused', refused: reply.refused });
    else this.#on({ type: 'load_lost' });
  }

  #claimLater(claim: Claim): void {
    const abort = new AbortController();
    const start = (): void => void this.#claim(claim, abort.signal);
    // A fifth more or less, so that a whole school does not come back in one beat.
    const timer = claim.delay > 0 ? setTimeout(start, claim.delay * (0.8 + 0.4 * Math.random())) : null;
    this.#claiming = { number: claim.number, timer, abort };
    if (timer === null) start();
  }

  /** A claim that the person no longer wants is let run, so that its seat can be given back; one that hangs is cut. */
  #dropClaim(): void {
    const claiming = this.#claiming;
    this.#claiming = null;
    if (!claiming) return;
    if (claiming.timer !== null) clearTimeout(claiming.timer);
    if (this.#state.claim) claiming.abort.abort();
  }

  async #claim(claim: Claim, signal: AbortSignal): Promise<void> {
    const reply = await this.#api.claim(this.#call, claim.resume, signal);
    const now = Date.now();
    if (this.#stopped || this.#state.claim?.number !== claim.number) return this.#giveBack(reply);
    if (reply.is === 'lost') this.#on({ type: 'claim_lost', claim: claim.number });
    else if (reply.is === 'refused') this.#on({ type: 'claim_refused', claim: claim.number, refused: reply.refused });
    else if ('seat' in reply.value) this.#on({ type: 'seat_granted', claim: claim.number, seat: reply.value.seat, now });
    else this.#on({ type: 'queued', claim: claim.number, place: reply.value.place });
  }

  /** Nobody waits for this answer any more: what it gave must not stay taken. */
  #giveBack(reply: Awaited<ReturnType<CallApi['claim']>>): void {
    if (reply.is !== 'ok') return;
    if ('seat' in reply.value) void this.#api.leave(reply.value.seat.seat);
    else if (this.#stopped || !this.#state.claim) void this.#api.stopWaiting(this.#call);
  }

  #connect(seat: string, offer: Offer): void {
    // Of two connections that never came up only the newest is kept.
    if (this.#former) this.#connection?.close();
    else this.#former = this.#connection;
    let streams: readonly MediaStream[] = [];
    const connection: SeatConnection = new SeatConnection(offer, () => this.#tracks(), {
      answer: (sdp) => this.#answer(seat, sdp),
      candidates: (candidates) => this.#tell(seat, this.#api.candidates(seat, candidates)),
      streams: (arrived) => {
        streams = arrived;
        if (!this.#former) this.#setStreams(streams);
      },
      linkUp: () => {
        if (connection !== this.#connection) return;
        this.#former?.close();
        this.#former = null;
        this.#setStreams(streams);
        this.#watchConnection(connection, seat);
        this.#on({ type: 'link_up', seat });
      },
      linkDown: () => this.#on({ type: 'link_down', seat }),
    });
    this.#connection = connection;
  }

  #watchConnection(connection: SeatConnection, seat: string): void {
    this.#watch?.stop();
    this.#watch = new StatsWatch(connection, {
      stalled: () => this.#on({ type: 'link_down', seat }),
      speaking: (speaking) => {
        this.#speaking = speaking;
        this.#publish();
      },
    });
  }

  #setStreams(streams: readonly MediaStream[]): void {
    this.#streams = streams;
    this.#publish();
  }

  async #answer(seat: string, sdp: string): Promise<void> {
    const reply = await this.#api.answer(seat, sdp);
    if (reply.is === 'ok') return;
    throw new Error(reply.is === 'refused' ? reply.refused.error : 'lost');
  }

  /** Small words about a seat: that it is gone is news, that one got lost shows in the connection itself. */
  async #tell(seat: string, asked: Promise<Reply<true>>): Promise<'told' | 'lost'> {
    const reply = await asked;
    if (reply.is === 'lost') return 'lost';
    if (reply.is === 'refused' && reply.refused.error === 'seat_gone') this.#on({ type: 'seat_gone', seat });
    else if (reply.is === 'refused') console.warn('parley: the box refused', reply.refused.error);
    return 'told';
  }

  #closeConnections(): void {
    this.#status.stop();
    this.#watch?.stop();
    this.#watch = null;
    this.#connection?.close();
    this.#former?.close();
    this.#connection = null;
    this.#former = null;
    this.#speaking = [false, false, false];
    this.#setStreams([]);
  }

  #tracks(): Tracks {
    return { audio: this.#media.audio, video: this.#media.video };
  }

  #woke(): void {
    this.#watch?.wake();
    void this.#media.recover();
  }

  #mediaChanged(): void {
    const { microphone, camera } = this.#media.state;
    void this.#connection?.send(this.#tracks());
    const muted = this.#wish.muted || microphone !== 'on';
    const cameraOff = this.#wish.cameraOff || camera !== 'on';
    const { own } = this.#state;
    if (own.muted !== muted || own.cameraOff !== cameraOff) this.#on({ type: 'own', muted, cameraOff });
    this.#publish();
  }
}
