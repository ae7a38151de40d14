// Tells at once when the box can be reached again: asks once a second while somebody waits for it. A request that hangs
// in a dead network says nothing for many seconds, so each question is given up soon and the next one asked.
const every = 1000;
const patience = 1500;

export class Probe {
  readonly #changed: (up: boolean) => void;
  readonly #address: string;
  #timer: ReturnType<typeof setInterval> | null = null;
  #up = true;
  #asked = 0;
  #answered = 0;

  /** `changed` is called only when the answer is another one than before. */
  constructor(address: string, changed: (up: boolean) => void) {
    this.#address = address;
    this.#changed = changed;
  }

  run(on: boolean): void {
    if (on === (this.#timer !== null)) return;
    if (this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
      this.#up = true;
      this.#answered = this.#asked;  // what is still under way is of no interest
      return;
    }
    this.#timer = setInterval(() => void this.#ask(), every);
    void this.#ask();
  }

  async #ask(): Promise<void> {
    const number = ++this.#asked;
    const up = await reachable(this.#address);
    if (number <= this.#answered) return;
    this.#answered = number;
    if (up === this.#up) return;
    this.#up = up;
    this.#changed(up);
  }
}

async function reachable(address: string): Promise<boolean> {
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), patience);
  try {
    return (await fetch(address, { cache: 'no-store', signal: given.signal })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
