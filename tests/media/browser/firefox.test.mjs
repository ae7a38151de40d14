// Chromium and Firefox in one call.
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

await runTests({
  async chromium_and_firefox_see_and_hear_each_other() {
    const one = await Seat.inChromium(call, 0, chromium);
    const other = await Seat.inFirefox(call, 2, firefox, `http://localhost:${server.address().port}/`);
    for (const seat of [one, other]) {
      await seat.join();
      await seat.linked('connected');
    }
    await Promise.all([one.visible(), other.visible()]);
    await Promise.all([one.receives(2), other.receives(0)]);
  },
}, async () => {
  await chromium.close();
  await firefox.close();
  await call.end();
});
