// Lines that are blocked, lossy or narrow. The second client has a line of its own, the first is the good one.
import { enterNetwork } from '../../support/netns.mjs';
import { launchChromium } from '../../support/browsers.mjs';
import { eventually, runTests } from '../../support/report.mjs';
import { startCall } from './call.mjs';
import { Seat, slotOf, videoMid } from './seat.mjs';

const network = await enterNetwork(import.meta.url, { clients: ['home', 'weak'] });
const good = await launchChromium();
const weak = await launchChromium({ namespace: network.namespace('weak') });

/** A call of `count` seats on the good line and one on the weak line after them, all joined; it ends with `story`. */
async function inCall(count, { configuration, near = good, ...options }, story) {
  const call = await startCall(network, configuration);
  const seats = [];
  try {
    for (let seat = 0; seat <= count; ++seat) seats.push(await Seat.inChromium(call, seat, seat === count ? weak : near));
    for (const seat of seats) {
      await seat.join(options);
      await seat.linked('connected');
    }
    await Promise.all(seats.map((seat) => seat.visible()));
    await story({ call, seats, guest: seats[count] });
  } finally {
    network.dropNothing();
    for (const seat of seats) await seat.page.context().close();
    await call.end();
  }
}

await runTests({
  async C7_a_network_without_udp_is_carried_by_tcp() {
    network.dropUplink('weak', 100);
    await inCall(1, {}, async ({ seats, guest }) => {
      await Promise.all([seats[0].receives(1), guest.receives(0)]);
      const [free, blocked] = [await seats[0].figures(), await guest.figures()];
      if (free.pair.protocol !== 'udp' || blocked.pair.protocol !== 'tcp') {
        throw new Error(JSON.stringify([free.pair, blocked.pair]));
      }
    });
  },

  async tcp_alone_carries_a_call() {
    await inCall(1, { configuration: { udp: false } }, async ({ seats }) => {
      await Promise.all([seats[0].receives(1), seats[1].receives(0)]);
      for (const seat of seats) {
        const { pair } = await seat.figures();
        if (pair.protocol !== 'tcp') throw new Error(JSON.stringify(pair));
      }
    });
  },

  async C7_a_box_behind_a_router_is_reached_at_its_public_address() {
    const [inside, outside] = [network.boxAddress('weak'), '203.0.113.5'];
    const configuration = { listen_addresses: [inside], public_addresses: [outside] };
    for (const protocol of ['udp', 'tcp']) {
      network.forwardFrom('weak', outside);
      if (protocol === 'tcp') network.dropUplink('weak', 100);
      await inCall(1, { configuration, near: weak }, async ({ seats }) => {
        await Promise.all([seats[0].receives(1), seats[1].receives(0)]);
        for (const seat of seats) {
          const { pair } = await seat.figures();
          if (pair.protocol !== protocol) throw new Error(JSON.stringify(pair));
        }
      });
    }
  },

  async C5_five_percent_uplink_loss_leaves_frames_flowing() {
    await inCall(1, { maxBitrate: 800000 }, async ({ call, seats, guest }) => {
      network.dropUplink('weak', 5);
      await seats[0].receives(1, { frames: 100, seconds: 30 });
      await guest.receives(0);
      await eventually('the loss is seen', () =>
        call.lines.some((line) => line.type === 'quality' && line.seat === 1 && line.uplink_loss > 0.01));
    });
  },

  async C5_five_percent_downlink_loss_leaves_frames_flowing() {
    await inCall(1, { maxBitrate: 800000 }, async ({ seats, guest }) => {
      network.dropDownlink('weak', 5);
      await guest.receives(0, { frames: 100, seconds: 30 });
      await seats[0].receives(1);
    });
  },

  async C5_a_2_mbit_downlink_does_not_collapse_nor_spoil_the_others() {
    await inCall(3, { width: 640, height: 360, maxBitrate: 1500000 }, async ({ call, seats, guest }) => {
      const from = call.lines.length;
      // What parleyd and the page do with a limit.
      const obey = setInterval(() => {
        for (const { seat, page } of seats) {
          const limit = call.lines.slice(from).findLast((line) => line.type === 'sender_limit' && line.seat === seat);
          if (limit) page.evaluate((bits) => globalThis.limit(bits), limit.max_bitrate).catch(() => {});
        }
      }, 500);
      network.limitDownlink('weak', 2000);
      for (const shown of [0, 1, 2]) await guest.receives(shown, { frames: 60, seconds: 40 });
      await seats[0].receives(1, { frames: 60, seconds: 15 });
      const { slots } = await guest.figures();
      clearInterval(obey);
      for (const shown of [0, 1, 2]) {
        if (!(slots[videoMid(slotOf(3, shown))].frames > 0)) throw new Error(JSON.stringify(slots));
      }
      network.limitDownlink('weak', null);
    });
  },
}, async () => {
  await good.close();
  await weak.close();
});
