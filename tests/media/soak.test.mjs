// Joins and leaves again and again (CYCLES, 100 by default, half of them over TCP) while somebody watches: the call
// process must not grow in descriptors, threads or memory, nor the watcher's picture freeze.
import { readdirSync, readFileSync } from 'node:fs';
import { enterNetwork } from '../support/netns.mjs';
import { launchChromium } from '../support/browsers.mjs';
import { eventually, runTests } from '../support/report.mjs';
import { startCall } from './browser/call.mjs';
import { Seat, slotOf, videoMid } from './browser/seat.mjs';

const cycles = Number(process.env.CYCLES ?? 100);
const network = await enterNetwork(import.meta.url, { clients: ['home', 'tcp'] });
network.dropUplink('tcp', 100);
const browsers = [await launchChromium(), await launchChromium({ namespace: network.namespace('tcp') })];
const call = await startCall(network);

const usage = () => ({
  descriptors: readdirSync(`/proc/${call.pid}/fd`).length,
  threads: readdirSync(`/proc/${call.pid}/task`).length,
  kilobytes: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${call.pid}/status`, 'utf8'))[1]),
});

const watcher = await Seat.inChromium(call, 0, browsers[0]);
const companion = await Seat.inChromium(call, 1, browsers[0]);
const guests = [await Seat.inChromium(call, 2, browsers[0]), await Seat.inChromium(call, 2, browsers[1])];
for (const seat of [watcher, companion]) await seat.join();
await Promise.all([watcher.visible(), companion.visible()]);

async function cycle(number) {
  const guest = guests[number % 2];
  await guest.join();
  await guest.visible();
  call.disconnect(2);
  await guest.page.evaluate(() => globalThis.hangUp());
}

const settled = (resting) =>
  eventually('what a connection used is given back', () => {
    const now = usage();
    return now.descriptors <= resting.descriptors && now.threads <= resting.threads ? now : null;
  });

await runTests({
  async the_process_does_not_grow_over_many_joins_and_leaves() {
    const resting = usage();
    for (let number = 0; number < 20; ++number) await cycle(number);
    const warm = await settled(resting);
    for (let number = 20; number < cycles; ++number) await cycle(number);
    const after = await settled(resting);
    console.log(`  ${cycles} cycles: ${JSON.stringify({ resting, warm, after })}`);
    if (after.kilobytes > warm.kilobytes + 6000) throw new Error('it grew');
  },

  async the_watcher_still_sees_and_hears_the_companion() {
    const { freezes, freezeSeconds } = (await watcher.figures()).slots[videoMid(slotOf(0, 1))];
    console.log(`  frozen ${freezes} times, ${freezeSeconds} s in all`);
    await watcher.receives(1);
  },
}, async () => {
  for (const browser of browsers) await browser.close();
  await call.end();
});
