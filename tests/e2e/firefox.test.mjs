// Firefox and Chromium in one call, each with the real page: pictures and sound both ways.
import { Box } from '../support/box.mjs';
import { launchChromium, launchFirefox } from '../support/browsers.mjs';
import { enterNetwork } from '../support/netns.mjs';
import { eventually, runTests } from '../support/report.mjs';
import { Person, received, recordConnections } from './person.mjs';

const network = await enterNetwork(import.meta.url);
const box = await Box.start(network);
const chromium = await launchChromium();
const firefox = await launchFirefox();
const teacher = await Person.arrive(chromium, 'Priya Shah', box.persona('Priya Shah').link);
const page = await firefox.newPage();

const press = async (role, name) => {
  const selector = `::-p-aria(${name}[role="${role}"])`;
  await page.waitForSelector(selector, { timeout: 20000 });
  await page.click(selector);
};
const slots = () => page.evaluate(received);

await runTests({
  async a_parent_in_firefox_and_a_teacher_in_chromium_see_and_hear_each_other() {
    await page.evaluateOnNewDocument(recordConnections);
    await page.goto(box.persona('Alex Morgan').link);
    const link = await page.waitForSelector('a[href^="/call/"]', { timeout: 20000 });
    await link.click();
    await press('button', 'Join');
    await teacher.openCall();
    await teacher.join();
    await teacher.seated();
    await teacher.seesAndHears(1);
    const before = await slots();
    await eventually('Firefox decodes pictures and sound', async () => {
      const now = await slots();
      const grown = (field) => Object.keys(now).some((mid) => now[mid][field] > (before[mid]?.[field] ?? 0));
      return grown('frames') && grown('energy');
    }, { seconds: 30 });
  },

  async C1_mute_camera_and_leave_are_seen_by_the_other() {
    const tile = teacher.page.getByRole('listitem').filter({ hasText: 'Alex Morgan' });
    await press('button', 'Mute');
    await tile.getByRole('img', { name: /muted/i }).waitFor();
    await press('button', 'Camera');
    await tile.getByRole('img', { name: /camera/i }).waitFor();
    await press('button', 'Leave');
    await tile.waitFor({ state: 'detached' });
  },
}, async () => {
  await Promise.allSettled([chromium.close(), firefox.close()]);
  await box.remove();
});
