// Sends trickled candidates to the box in batches, at most five requests a second (the box takes ten).
export interface LocalCandidate {
  readonly mline: number;
  readonly candidate: string;
}

const pause = 200;
/** The box takes so many in one request. */
const atOnce = 32;
/** A browser gathers some ten; more than this is no browser's doing and would only grow. */
const atMost = 64;

export class CandidateBatch {
  readonly #send: (candidates: readonly LocalCandidate[]) => Promise<unknown>;
  #waiting: LocalCandidate[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #open = false;
  #busy = false;
  #taken = 0;

  constructor(send: (candidates: readonly LocalCandidate[]) => Promise<unknown>) {
    this.#send = send;
  }

  add(candidate: LocalCandidate): void {
    if (this.#taken >= atMost) {
      console.warn('parley: more candidates than a browser has');
      return;
    }
    this.#taken += 1;
    this.#waiting.push(candidate);
    this.#schedule();
  }

  /** The answer has been taken; candidates before it would name an unknown connection. */
  open(): void {
    this.#open = true;
    this.#schedule();
  }

  close(): void {
    this.#open = false;
    this.#waiting = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (!this.#open || this.#busy || this.#timer !== null || this.#waiting.length === 0) return;
    this.#timer = setTimeout(() => void this.#flush(), pause);
  }

  async #flush(): Promise<void> {
    this.#timer = null;
    const batch = this.#waiting.splice(0, atOnce);
    this.#busy = true;
    await this.#send(batch);
    this.#busy = false;
    this.#schedule();
  }
}
