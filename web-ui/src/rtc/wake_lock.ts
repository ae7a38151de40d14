// Keeps a phone's screen on during a call, where the browser can. It is taken back whenever the page is hidden.
export class WakeLock {
  #wanted = false;
  #held: WakeLockSentinel | null = null;
  readonly #visible = (): void => void this.#take();

  set(on: boolean): void {
    if (on === this.#wanted) return;
    this.#wanted = on;
    if (on) {
      document.addEventListener('visibilitychange', this.#visible);
      void this.#take();
    } else {
      document.removeEventListener('visibilitychange', this.#visible);
      void this.#held?.release();
      this.#held = null;
    }
  }

  async #take(): Promise<void> {
    if (!this.#wanted || document.visibilityState !== 'visible' || (this.#held && !this.#held.released)) return;
    try {
      const held = await navigator.wakeLock?.request('screen');
      if (this.#wanted) this.#held = held ?? null;
      else void held?.release();
    } catch {
      // A phone that saves power refuses; the call goes on with a screen that may go dark.
    }
  }
}
