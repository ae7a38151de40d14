// Looks at a connection once a second (does anything still come in?) and at the others' sound five times a second.
import { hear, silent, type Speaking } from '../model/call_speaking';
import { look, startWatchdog, suspect, type Sample, type Watchdog } from '../model/call_watchdog';
import type { SeatConnection } from './seat_connection';

const lookEvery = 1000;
const listenEvery = 200;

/** Sound of one slot as getStats counts it: energy and seconds, from which a mean level follows. */
interface Heard {
  readonly energy: number;
  readonly duration: number;
}

export interface WatchPort {
  stalled(): void;
  /** By slot; called only when it changes. */
  speaking(slots: readonly boolean[]): void;
}

export class StatsWatch {
  readonly #connection: SeatConnection;
  readonly #port: WatchPort;
  readonly #timers: readonly ReturnType<typeof setInterval>[];
  #dog: Watchdog = startWatchdog(Date.now());
  #speaking: Speaking[] = [silent, silent, silent];
  #heard: (Heard | undefined)[] = [];
  #looking = false;
  #over = false;

  /** Begins when the connection is up. */
  constructor(connection: SeatConnection, port: WatchPort) {
    this.#connection = connection;
    this.#port = port;
    this.#timers = [
      setInterval(() => void this.#look(), lookEvery),
      setInterval(() => this.#listen(), listenEvery),
    ];
  }

  /** The page has been asleep: the connection must show soon that it lives. */
  wake(): void {
    this.#dog = suspect(this.#dog, Date.now());
    void this.#look();
  }

  stop(): void {
    this.#over = true;
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const report = await this.#connection.stats();
      if (this.#over) return;
      this.#dog = look(this.#dog, sampleOf(report, Date.now()));
      this.#hearStats(report);
      if (this.#dog.stalled) this.#port.stalled();
    } finally {
      this.#looking = false;
    }
  }

  /** Chromium, Firefox and Safari tell the level of each source at once; where one does not, getStats has to do. */
  #listen(): void {
    this.#connection.audioReceivers().forEach((receiver, slot) => {
      const [source] = receiver?.getSynchronizationSources?.() ?? [];
      const fresh = source?.audioLevel !== undefined && performance.timeOrigin + performance.now() - source.timestamp < 1000;
      if (fresh) this.#note(slot, source.audioLevel ?? 0);
      else if (this.#heard[slot] === undefined) this.#note(slot, 0);
    });
  }

  #hearStats(report: RTCStatsReport): void {
    report.forEach((one: RTCInboundRtpStreamStats & { mid?: string }) => {
      if (one.type !== 'inbound-rtp' || one.kind !== 'audio') return;
      const slot = ['2', '4', '6'].indexOf(one.mid ?? '');
      if (slot < 0 || one.totalAudioEnergy === undefined || one.totalSamplesDuration === undefined) return;
      const before = this.#heard[slot];
      const now = { energy: one.totalAudioEnergy, duration: one.totalSamplesDuration };
      this.#heard[slot] = now;
      if (!before || now.duration <= before.duration) return;
      this.#note(slot, Math.sqrt((now.energy - before.energy) / (now.duration - before.duration)));
    });
  }

  #note(slot: number, level: number): void {
    const before = this.#speaking[slot] ?? silent;
    const after = hear(before, level, Date.now());
    this.#speaking[slot] = after;
    if (before.on !== after.on) this.#port.speaking(this.#speaking.map((one) => one.on));
  }
}

/** Whatever the browser counts that grows only when something comes in; which of it is there differs among browsers. */
export function sampleOf(report: RTCStatsReport, now: number): Sample {
  let transport = 0;
  let streams = 0;
  let answers = 0;
  let sending = false;
  report.forEach((one: RTCStats & Record<string, unknown>) => {
    if (one.type === 'transport') transport += Number(one.bytesReceived ?? 0);
    if (one.type === 'inbound-rtp') streams += Number(one.bytesReceived ?? 0);
    if (one.type === 'remote-inbound-rtp') streams += Number(one.timestamp ?? 0);
    if (one.type === 'candidate-pair') answers += Number(one.responsesReceived ?? 0) + Number(one.bytesReceived ?? 0);
    if (one.type === 'outbound-rtp') sending ||= Number(one.packetsSent ?? 0) > 0 && one.active !== false;
  });
  return { now, received: transport + streams + answers, sending };
}
