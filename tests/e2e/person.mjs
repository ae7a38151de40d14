// Somebody with a browser: what they see and press, and what their RTCPeerConnections really receive.
import { eventually } from '../support/report.mjs';

// Every connection of a page, in the order of their making, for getStats.
export function recordConnections() {
  globalThis.connections = [];
  globalThis.RTCPeerConnection = class extends globalThis.RTCPeerConnection {
    constructor(...args) {
      super(...args);
      globalThis.connections.push(this);
    }
  };
}

/** What each slot of each open connection has decoded by now. */
export async function received() {
  const slots = {};
  for (const [number, connection] of globalThis.connections.entries()) {
    if (connection.connectionState === 'closed') continue;
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== 'inbound-rtp') continue;
      const slot = (slots[`${number}:${report.mid}`] ??= { frames: 0, energy: 0 });
      slot.frames += report.framesDecoded ?? 0;
      slot.energy += report.totalAudioEnergy ?? 0;
    }
  }
  return slots;
}

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

export class Person {
  /** A fresh browser profile that opens a personal link. */
  static async arrive(browser, name, link, { viewport = desktop, ...options } = {}) {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true, permissions: ['camera', 'microphone'], viewport, locale: 'en-GB', ...options,
    });
    await context.addInitScript(recordConnections);
    context.setDefaultTimeout(15_000);
    const person = new Person(name, await context.newPage());
    await person.page.goto(link);
    return person;
  }

  constructor(name, page) {
    this.name = name;
    this.page = page;
    this.complaints = [];
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
  }

  heading(name) {
    return this.page.getByRole('heading', { name });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name) {
    return this.page.getByRole('link', { name, exact: true });
  }

  /** Waits for a sentence. */
  async reads(text) {
    await this.page.getByText(text).first().waitFor();
  }

  /** From the list of appointments into the call that is open now. */
  async openCall() {
    await this.page.getByRole('link', { name: /^Join/ }).first().click();
    await this.page.waitForURL(/\/call\//);
  }

  async join() {
    await this.button('Join').click();
  }

  async leave() {
    await this.button('Leave').click();
  }

  async seated() {
    await this.button('Leave').waitFor();
  }

  /** Waits until pictures and sound of `count` others come in: decoded frames and audio energy, not just packets. */
  async seesAndHears(count, { frames = 10, seconds = 30 } = {}) {
    const before = await this.page.evaluate(received);
    let now = before;
    const grown = (field, by) => Object.keys(now)
      .filter((mid) => (now[mid][field] ?? 0) - (before[mid]?.[field] ?? 0) >= by).length;
    try {
      await eventually('', async () => {
        now = await this.page.evaluate(received);
        return grown('frames', frames) >= count && grown('energy', Number.MIN_VALUE) >= count;
      }, { seconds });
    } catch {
      throw new Error(`${this.name} does not see and hear ${count} others: ${JSON.stringify({ before, now })}`);
    }
    await eventually(`${this.name}'s page shows ${count} moving pictures`, async () => (await this.#moving()) >= count);
  }

  /** How many of the others' pictures move on the page, as it is laid out. */
  #moving() {
    return this.page.evaluate(async () => {
      const shown = [...document.querySelectorAll('video')].filter((video) => {
        const { width, height } = video.getBoundingClientRect();
        return width > 40 && height > 40 && video.videoWidth > 0 && !video.dataset.own;
      });
      const before = shown.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
      await Promise.race([
        Promise.all(shown.map((video) => new Promise((done) => video.requestVideoFrameCallback(done)))),
        new Promise((done) => setTimeout(done, 3000)),
      ]);
      return shown.filter((video, i) => video.getVideoPlaybackQuality().totalVideoFrames > before[i]).length;
    });
  }

  async shot(name) {
    if (process.env.PARLEY_SHOTS) await this.page.screenshot({ path: `${process.env.PARLEY_SHOTS}/${name}.png` });
  }

  async go() {
    await this.page.context().close();
  }
}

Person.phone = phone;
Person.desktop = desktop;
