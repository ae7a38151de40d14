// One browser page in a seat of a call.
import { readFileSync } from 'node:fs';
import { eventually } from '../../support/report.mjs';

export const pageHtml = readFileSync(new URL('page.html', import.meta.url), 'utf8');
const address = 'http://localhost/';

/** The six mids that carry the three others: audio 2, 4, 6 and video 3, 5, 7. */
export const audioMid = (slot) => String(2 + 2 * slot);
export const videoMid = (slot) => String(3 + 2 * slot);
export const slotOf = (viewer, shown) => (shown < viewer ? shown : shown - 1);

let connections = 0;

export class Seat {
  constructor(call, seat, page) {
    this.call = call;
    this.seat = seat;
    this.page = page;
    this.connection = 0;
  }

  /** A page of a playwright browser; it is answered here, so that it needs no server. */
  static async inChromium(call, seat, browser) {
    const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
    const page = await context.newPage();
    await page.route(`${address}**`, (route) => route.fulfill({ contentType: 'text/html', body: pageHtml }));
    await page.goto(address);
    return new Seat(call, seat, page);
  }

  /** A page of a puppeteer browser, from a server on this machine's loopback. */
  static async inFirefox(call, seat, browser, url) {
    const page = await browser.newPage();
    await page.goto(url);
    return new Seat(call, seat, page);
  }

  /** Joins: Connect, Offer, Answer. `change` may tamper with the answer. */
  async join({ change = (sdp) => sdp, ...options } = {}) {
    this.connection = ++connections;
    const offer = await this.call.connect(this.seat, this.connection);
    const answer = await this.page.evaluate(
      ([sdp, wishes]) => globalThis.takeOffer(sdp, wishes), [offer, options],
    );
    this.call.answer(this.seat, this.connection, change(answer));
  }

  linked(state, options) {
    return this.call.until({ type: 'link', seat: this.seat, connection: this.connection, state }, options);
  }

  visible(options) {
    return this.call.until({ type: 'visible', seat: this.seat, connection: this.connection }, options);
  }

  figures() {
    return this.page.evaluate(() => globalThis.figures());
  }

  /** Waits until picture and sound of `shown` grow here: decoded frames and audio energy, not just packets. */
  async receives(shown, { seconds = 20, frames = 10, audio = true } = {}) {
    const slot = slotOf(this.seat, shown);
    const look = async () => {
      const { slots } = await this.figures();
      return { frames: slots[videoMid(slot)]?.frames ?? 0, energy: slots[audioMid(slot)]?.energy ?? 0 };
    };
    const before = await look();
    await eventually(`seat ${this.seat} sees and hears seat ${shown}`, async () => {
      const now = await look();
      return now.frames >= before.frames + frames && (!audio || now.energy > before.energy);
    }, { seconds });
  }

  /** Waits until the sound of `shown` grows here. */
  async hears(shown) {
    const look = async () => (await this.figures()).slots[audioMid(slotOf(this.seat, shown))]?.energy ?? 0;
    const before = await look();
    await eventually(`seat ${this.seat} hears seat ${shown}`, async () => (await look()) > before);
  }
}
