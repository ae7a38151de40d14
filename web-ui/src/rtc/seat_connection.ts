// One RTCPeerConnection to the box, for one seat. The box offers eight m-lines, once: 0 and 1 take our sound and picture,
// 2..7 bring the three others in pairs. People come and go without any new offer; a connection that is of no use any
// more is replaced by another one.
import type { Offer } from '../model/call_state';
import { CandidateBatch, type LocalCandidate } from './candidate_batch';

export interface SeatPort {
  /** Resolves when the box has taken it; rejects when it has not. */
  answer(sdp: string): Promise<void>;
  candidates(candidates: readonly LocalCandidate[]): Promise<unknown>;
  linkUp(): void;
  linkDown(): void;
  /** The streams of slots 0..2 are there. */
  streams(streams: readonly MediaStream[]): void;
}

export interface Tracks {
  readonly audio: MediaStreamTrack | null;
  readonly video: MediaStreamTrack | null;
}

/** From the offer to "connected", UDP tried first and TCP after it. */
const connectTimeout = 12000;

export class SeatConnection {
  readonly #port: SeatPort;
  readonly #connection: RTCPeerConnection;
  readonly #candidates: CandidateBatch;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #streams: (MediaStream | undefined)[] = [];
  #limit: number | null = null;
  #limiting = false;
  #over = false;

  /** `tracks` is asked when the offer has been read: devices may come meanwhile. */
  constructor(offer: Offer, tracks: () => Tracks, port: SeatPort) {
    this.#port = port;
    this.#connection = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      iceServers: offer.iceServers.map((server) => ({ ...server, urls: [...server.urls] })),
    });
    this.#candidates = new CandidateBatch((batch) => port.candidates(batch));
    this.#connection.addEventListener('track', (event) => this.#arrived(event));
    this.#connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) {
        this.#candidates.add({ mline: candidate.sdpMLineIndex ?? 0, candidate: candidate.candidate });
      }
    });
    this.#connection.addEventListener('connectionstatechange', () => this.#moved());
    this.#timer = setTimeout(() => this.#down(), connectTimeout);
    this.#negotiate(offer.sdp, tracks).catch((error: unknown) => {
      if (this.#over) return;
      console.warn('parley: the connection could not be made', error);
      this.#down();
    });
  }

  /** Whatever is sent can change at any time without a word to the box. */
  async send(tracks: Tracks): Promise<void> {
    await Promise.all([this.#sender('0')?.replaceTrack(tracks.audio), this.#sender('1')?.replaceTrack(tracks.video)]);
  }

  /** The `limit` event: what the own camera may send, bit/s. */
  limit(maxBitrate: number): void {
    this.#limit = maxBitrate;
    void this.#applyLimit();
  }

  stats(): Promise<RTCStatsReport> {
    return this.#connection.getStats();
  }

  /** The receivers of the others' sound, by slot. */
  audioReceivers(): readonly (RTCRtpReceiver | undefined)[] {
    return ['2', '4', '6'].map((mid) => this.#transceiver(mid)?.receiver);
  }

  close(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#candidates.close();
    this.#connection.close();
  }

  async #negotiate(sdp: string, tracks: () => Tracks): Promise<void> {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp });
    for (const mid of ['0', '1']) {
      const transceiver = this.#transceiver(mid);
      if (transceiver) transceiver.direction = 'sendonly';
    }
    await this.send(tracks());
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    await this.#port.answer(this.#connection.localDescription?.sdp ?? '');
    if (this.#over) return;
    this.#candidates.open();
    await this.#applyLimit();
  }

  #transceiver(mid: string): RTCRtpTransceiver | undefined {
    return this.#connection.getTransceivers().find((one) => one.mid === mid);
  }

  #sender(mid: string): RTCRtpSender | undefined {
    return this.#transceiver(mid)?.sender;
  }

  /** One change at a time (getParameters and setParameters are a pair); a limit that came meanwhile follows. */
  async #applyLimit(): Promise<void> {
    if (this.#limiting || this.#over) return;
    this.#limiting = true;
    let applied: number | null = null;
    while (this.#limit !== null && this.#limit !== applied) {
      applied = this.#limit;
      if (!(await this.#setMaxBitrate(applied))) break;
    }
    this.#limiting = false;
  }

  async #setMaxBitrate(maxBitrate: number): Promise<boolean> {
    const sender = this.#sender('1');
    const parameters = sender?.getParameters();
    const encoding = parameters?.encodings?.[0];
    if (!sender || !parameters || !encoding) return false;  // not negotiated yet: asked again when it is
    encoding.maxBitrate = maxBitrate;
    try {
      await sender.setParameters(parameters);
      return true;
    } catch (error) {
      if (!this.#over) console.warn('parley: the limit was not taken', error);
      return false;
    }
  }

  /** The box names its streams slot0, slot1, slot2, sound and picture in one, so that lips and voice agree. */
  #arrived({ streams: [stream] }: RTCTrackEvent): void {
    const slot = stream ? ['slot0', 'slot1', 'slot2'].indexOf(stream.id) : -1;
    if (!stream || slot < 0) {
      console.warn('parley: a stream without a slot', stream?.id);
      return;
    }
    this.#streams[slot] = stream;
    const known = this.#streams.filter((one): one is MediaStream => one !== undefined);
    if (known.length === 3) this.#port.streams(known);
  }

  #moved(): void {
    const state = this.#connection.connectionState;
    if (state === 'connected') {
      clearTimeout(this.#timer);
      void this.#applyLimit();
      if (!this.#over) this.#port.linkUp();
    } else if (state === 'failed' || state === 'disconnected') {
      this.#down();
    }
  }

  #down(): void {
    if (!this.#over) this.#port.linkDown();
  }
}
