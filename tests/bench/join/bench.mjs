// A teacher sits in the call; a parent presses Join, sees the teacher move, leaves, and does it again. There is no
// peer in the same run: a forwarding server alone has no page to press on.
import { Box } from '../../support/box.mjs';
import { launchChromium } from '../../support/browsers.mjs';
import { enterNetwork } from '../../support/netns.mjs';
import { Person } from '../../e2e/person.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3) * 10;

const network = await enterNetwork(import.meta.url);
const box = await Box.start(network);
const browser = await launchChromium();
const arrive = async (name) => {
  const person = await Person.arrive(browser, name, box.persona(name).link);
  await person.openCall();
  return person;
};
const teacher = await arrive('Priya Shah');
await teacher.join();
await teacher.seated();
const parent = await Person.arrive(browser, 'Alex Morgan', box.persona('Alex Morgan').link);
const joining = [];
for (let round = 0; round < rounds; round += 1) {
  await parent.openCall();
  await parent.button('Join').waitFor();
  joining.push(await parent.page.evaluate(joinAndWatch));
  await parent.leave();
  await parent.button('Leave').waitFor({ state: 'detached' });
  await parent.page.goto(box.url());
}

for (const [what, share] of [['p50', 0.5], ['p95', 0.95]]) {
  const sorted = [...joining].sort((a, b) => a - b);
  console.log(JSON.stringify({ name: `join: press to first picture, ${what}`, value: sorted[Math.floor(share * (sorted.length - 1))], unit: 'ms' }));
}
console.log(`  ${joining.length} joins; both browsers and the box shared this machine; no peer has a page to compare with`);
await browser.close();
await box.remove();
process.exit(0);

/** In the page: milliseconds from the press to the first frame of a video that is not the own. */
async function joinAndWatch() {
  const others = () => document.querySelectorAll('.call-tile video');
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === 'Join');
  const start = performance.now();
  button.click();
  return new Promise((resolve, reject) => {
    const watched = new Set();
    const watch = () => {
      for (const video of others()) {
        if (watched.has(video)) continue;
        watched.add(video);
        video.requestVideoFrameCallback((shown) => resolve(shown - start));
      }
    };
    new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
    watch();
    setTimeout(() => reject(new Error('no picture within 20 s')), 20_000);
  });
}
