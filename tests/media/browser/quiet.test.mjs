// People who send little or nothing: neither camera nor microphone, or sound alone. The liveness check takes silence
// for a lost connection; theirs is none.
import { createServer } from 'node:http';
import { enterNetwork } from '../../support/netns.mjs';
import { launchChromium, launchFirefox } from '../../support/browsers.mjs';
import { runTests } from '../../support/report.mjs';
import { startCall } from './call.mjs';
import { pageHtml, Seat } from './seat.mjs';

const network = await enterNetwork(import.meta.url);
const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(pageHtml));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const chromium = await launchChromium();
const firefox = await launchFirefox();
const call = await startCall(network);

/** Through several times the liveness time, which the reports of quality count out two seconds at a time. */
async function staysConnected(seat) {
  const start = call.lines.length;
  for (let report = 0, from = start; report < 6; ++report) {
    await call.until({ type: 'quality', seat: seat.seat }, { from });
    from = call.lines.findLastIndex((line) => line.type === 'quality' && line.seat === seat.seat) + 1;
  }
  const lost = call.lines.slice(start).find((line) => line.type === 'link' && line.seat === seat.seat && line.state !== 'connected');
  if (lost) throw new Error(JSON.stringify(lost));
}

const silent = { audio: false, video: false };

await runTests({
  async somebody_without_camera_and_microphone_waits_alone_in_chromium() {
    const seat = await Seat.inChromium(call, 0, chromium);
    await seat.join(silent);
    await seat.linked('connected');
    await staysConnected(seat);
  },

  async somebody_without_camera_and_microphone_waits_in_firefox() {
    const seat = await Seat.inFirefox(call, 1, firefox, `http://localhost:${server.address().port}/`);
    await seat.join(silent);
    await seat.linked('connected');
    await staysConnected(seat);
  },

  async sound_alone_is_heard_by_all_and_takes_the_seat_over() {
    const listener = await Seat.inChromium(call, 2, chromium);
    await listener.join();
    await listener.linked('connected');
    const speaker = await Seat.inChromium(call, 3, chromium);
    await speaker.join({ video: false });
    await speaker.linked('connected');
    await listener.hears(3);
    const again = await Seat.inChromium(call, 3, chromium);
    await again.join({ video: false });
    await again.linked('connected');
    await listener.hears(3);
    await again.visible();
    await staysConnected(again);
  },
}, async () => {
  await chromium.close();
  await firefox.close();
  await call.end();
});
