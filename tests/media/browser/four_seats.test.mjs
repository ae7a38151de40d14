// Four Chromium pages in one call: picture and sound in all twelve directions, leaving, coming back, taking a seat over.
import { enterNetwork } from '../../support/netns.mjs';
import { launchChromium } from '../../support/browsers.mjs';
import { eventually, runTests } from '../../support/report.mjs';
import { startCall } from './call.mjs';
import { Seat, slotOf, videoMid } from './seat.mjs';

const network = await enterNetwork(import.meta.url);
const browser = await launchChromium();
const call = await startCall(network);
const seats = [];
for (const seat of [0, 1, 2, 3]) seats.push(await Seat.inChromium(call, seat, browser));

const everyDirection = () =>
  Promise.all(seats.flatMap((viewer) => seats.filter((shown) => shown !== viewer).map((shown) => viewer.receives(shown.seat))));

await runTests({
  async M11_four_people_see_and_hear_each_other_in_all_twelve_directions() {
    for (const seat of seats) {
      await seat.join();
      await seat.linked('connected');
    }
    await Promise.all(seats.map((seat) => seat.visible()));
    await everyDirection();
  },

  async offer_dictates_slots_that_pair_sound_and_picture() {
    const { sdp } = call.lines.find((line) => line.type === 'offer');
    for (const slot of [0, 1, 2]) {
      if (!sdp.includes(`a=msid:slot${slot} slot${slot}-audio`) || !sdp.includes(`a=msid:slot${slot} slot${slot}-video`)) {
        throw new Error(`slot ${slot} is not one stream`);
      }
    }
    if (/a=candidate:.* (127\.|::1 |fe80)/.test(sdp)) throw new Error('a loopback or link-local candidate is offered');
  },

  async every_two_seconds_the_quality_of_each_seat_is_told() {
    const from = call.lines.length;
    for (const { seat } of seats) {
      const quality = await call.until({ type: 'quality', seat }, { from });
      if (!(quality.received_bitrate > 20000 && quality.sent_bitrate > 60000)) throw new Error(JSON.stringify(quality));
    }
  },

  async M9_a_newer_connection_takes_the_seat_over_without_a_gap() {
    const [watcher, , taken] = seats;
    const mid = videoMid(slotOf(watcher.seat, taken.seat));
    const before = (await watcher.figures()).slots[mid];
    seats[2] = await Seat.inChromium(call, taken.seat, browser);
    await seats[2].join();
    await seats[2].visible();
    await watcher.receives(taken.seat);
    const after = (await watcher.figures()).slots[mid];
    // A figure, not a verdict: on a busy machine a camera takes its time to start.
    console.log(`  frozen for ${(after.freezeSeconds - before.freezeSeconds).toFixed(3)} s`);
    await eventually('the old page is cut off', async () => (await taken.figures()).state !== 'connected');
    await taken.page.context().close();
    await everyDirection();
  },

  async C4_a_page_that_died_is_reported_lost_and_comes_back_into_its_seat() {
    const dead = seats[3];
    const from = call.lines.length;
    await dead.page.context().close();
    await dead.linked('lost', { from });
    seats[3] = await Seat.inChromium(call, 3, browser);
    await seats[3].join();
    await seats[3].visible();
    await everyDirection();
  },

  async disconnect_ends_the_connection_and_the_seat_can_be_taken_again() {
    call.disconnect(1);
    await eventually('the page is cut off', async () => (await seats[1].figures()).state !== 'connected');
    await seats[1].page.evaluate(() => globalThis.hangUp());
    await seats[1].join();
    await seats[1].visible();
    await everyDirection();
  },

  async the_process_leaves_when_its_parent_is_gone() {
    const code = await call.end();
    if (code !== 0) throw new Error(`it ended with ${code}`);
  },
}, () => browser.close());
