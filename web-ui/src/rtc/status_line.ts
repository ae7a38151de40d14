// Tells the box about mute and camera: one request at a time, so that none overtakes another, always the latest wish,
// and again when one got lost.
import type { Own } from '../model/call_state';

const again = 1000;

export class StatusLine {
  readonly #send: (seat: string, own: Own) => Promise<'told' | 'lost'>;
  #wanted: { seat: string; own: Own } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #busy = false;

  constructor(send: (seat: string, own: Own) => Promise<'told' | 'lost'>) {
    this.#send = send;
  }

  tell(seat: string, own: Own): void {
    this.#wanted = { seat, own };
    void this.#run();
  }

  /** Nothing more is to be told: the seat is no longer ours. */
  stop(): void {
    this.#wanted = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #run(): Promise<void> {
    const telling = this.#wanted;
    if (this.#busy || !telling) return;
    this.#busy = true;
    const outcome = await this.#send(telling.seat, telling.own);
    this.#busy = false;
    if (this.#wanted !== telling) return void this.#run();
    if (outcome === 'told') this.#wanted = null;
    else this.#timer = setTimeout(() => void this.#run(), again);
  }
}
