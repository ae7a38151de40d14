// The end of an appointment: the countdown, the call that closes by itself, and the way on to the next one (C2).
import { Box } from '../support/box.mjs';
import { launchChromium } from '../support/browsers.mjs';
import { enterNetwork } from '../support/netns.mjs';
import { eventually, runTests } from '../support/report.mjs';
import { Person } from './person.mjs';

// Sam's joint appointment ends 25 minutes after the demo school was seeded; they have to be in it before its last minute.
const untilTheEnd = 150;
const network = await enterNetwork(import.meta.url);
const browser = await launchChromium();
const box = await Box.start(network, { seededAgo: 25 * 60 - untilTheEnd });
const must = (claim, what) => {
  if (!claim) throw new Error(what);
};
// In the page: everything that it says aloud to people who listen to it.
const listen = () => {
  globalThis.said = new Set();
  const note = () => document.querySelectorAll('[role=status]').forEach((status) => globalThis.said.add(status.textContent.trim()));
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
};
const enter = async (name, options) => {
  const person = await Person.arrive(browser, name, box.persona(name).link, options);
  await person.page.evaluate(listen);
  await person.openCall();
  await person.join();
  await person.seated();
  return person;
};
const alex = await enter('Alex Morgan', { viewport: Person.phone });
const priya = await enter('Priya Shah');
const call = Number(/call\/(\d+)/.exec(alex.page.url())[1]);
const longWait = { timeout: 1000 * (untilTheEnd + 60) };
let next;

await runTests({
  async C2_everybody_sees_how_long_is_left_and_is_told_before_the_end() {
    await Promise.all([alex.seesAndHears(1), priya.seesAndHears(1)]);
    const seconds = async (person) => {
      const [, minutes, rest] = /(\d+):(\d\d)/.exec(await person.page.getByRole('timer').first().innerText());
      return Number(minutes) * 60 + Number(rest);
    };
    const [one, other] = [await seconds(alex), await seconds(priya)];
    must(one > 60 && one <= untilTheEnd && Math.abs(one - other) <= 3, `${one} s are left for the one, ${other} s for the other`);
    await eventually('the last minute is announced', () => alex.page.evaluate(() => globalThis.said.has('1 minute left')), { seconds: untilTheEnd });
    await alex.shot('end-warning');
  },

  async C2_the_call_closes_by_itself_and_leads_on_to_the_next_appointment() {
    await Promise.all([alex, priya].map((person) => person.heading('The call has ended').waitFor(longWait)));
    await alex.shot('end-next');
    const { roster } = await (await box.signIn('Priya Shah')).get(`/calls/${call}`).catch(() => ({ roster: { people: [] } }));
    must(roster.people.length === 0, 'somebody is still in the call');
    next = await alex.link('Go to the next appointment').getAttribute('href');
    must(next !== `/call/${call}`, 'the next appointment is this one');
    await alex.page.waitForURL(`**${next}`, longWait);
  },

  async C2_nobody_comes_back_into_a_call_that_is_over() {
    const late = await Person.arrive(browser, 'a late teacher', box.persona('Daniel Okafor').link);
    await late.heading(/schedule/i).waitFor();
    await late.page.goto(`${box.url()}/call/${call}`);
    await eventually('the page says that it is over', async () => /over|ended/i.test(await late.page.locator('body').innerText()));
    must(await late.button('Join').count() === 0, 'it can still be joined');
    await late.shot('end-late');
  },
}, async () => {
  await browser.close();
  await box.remove();
});
