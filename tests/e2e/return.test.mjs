// Coming back: crashes of either process, lost networks, killed browsers, sleeping pages (C4).
import { Box } from '../support/box.mjs';
import { launchChromium } from '../support/browsers.mjs';
import { enterNetwork } from '../support/netns.mjs';
import { eventually, runTests } from '../support/report.mjs';
import { Person } from './person.mjs';

const network = await enterNetwork(import.meta.url, { clients: ['home', 'away'] });
const box = await Box.start(network);
const home = await launchChromium();
let away = await launchChromium({ namespace: network.namespace('away') });

const must = (claim, what) => {
  if (!claim) throw new Error(what);
};
const timed = async (what, act) => {
  const start = performance.now();
  await act();
  console.log(`  ${what}: ${Math.round(performance.now() - start)} ms`);
};
const enter = async (browser, name, client) => {
  const link = box.persona(name).link.replace(box.url(), box.url(client));
  const person = await Person.arrive(browser, name, link);
  await person.openCall();
  await person.join();
  await person.seated();
  return person;
};
const teacher = await enter(home, 'Priya Shah', 'home');
const second = await enter(home, 'Daniel Okafor', 'home');
let parent = await enter(away, 'Alex Morgan', 'away');
const everybody = () => Promise.all([teacher, second, parent].map((person) => person.seesAndHears(2)));
const api = await box.signIn('Priya Shah');
const call = Number(/call\/(\d+)/.exec(teacher.page.url())[1]);
const seats = async () => Object.fromEntries((await api.get(`/calls/${call}`)).roster.people.map((one) => [one.name, one.index]));
let before;
/** To every process of the parent's browser. */
const signalAway = (signal) => {
  for (const pid of network.run(network.box, 'ip', 'netns', 'pids', network.namespace('away')).trim().split('\n')) {
    try {
      process.kill(Number(pid), signal);
    } catch {
      // It ended with its parent.
    }
  }
};

await runTests({
  async C4_everybody_is_back_in_the_same_seats_after_kill_9_of_the_call_process() {
    await everybody();
    before = await seats();
    const carrying = /parley-call",pid=(\d+)/.exec(network.run(network.box, 'ss', '-Hulnp'))[1];
    await timed('from kill -9 to moving pictures and sound', async () => {
      process.kill(Number(carrying), 'SIGKILL');
      await everybody();
    });
    await timed('from kill -9 of every call process, the spares as well', async () => {
      for (const pid of box.callProcesses()) process.kill(pid, 'SIGKILL');
      await everybody();
    });
    must(JSON.stringify(await seats()) === JSON.stringify(before), `seats were ${JSON.stringify(before)}, are ${JSON.stringify(await seats())}`);
  },

  async C4_everybody_is_back_by_themselves_after_kill_9_of_parleyd() {
    await box.kill();
    await timed('from the restart to moving pictures and sound', async () => {
      await box.startDaemon();
      await everybody();
    });
  },

  async C4_a_lost_network_is_survived_with_the_seat_kept() {
    const kept = await seats();
    const device = (state) => network.run(network.namespace('away'), 'ip', 'link', 'set', 'eth0', state);
    device('down');
    await eventually('the others see that the line is lost', async () =>
      (await api.get(`/calls/${call}`)).roster.people.some((one) => one.name === 'Alex Morgan' && one.link === 'lost'));
    device('up');
    network.run(network.namespace('away'), 'ip', 'route', 'replace', 'default', 'via', network.boxAddress('away'));
    await timed('from the network\'s return to moving pictures and sound', everybody);
    must(JSON.stringify(await seats()) === JSON.stringify(kept), 'the seat changed');
  },

  async C4_a_page_that_slept_beyond_its_grace_comes_back_by_itself() {
    signalAway('SIGSTOP');
    await eventually('its seat is free', async () => (await api.get(`/calls/${call}`)).roster.people.length === 2, { seconds: 90 });
    signalAway('SIGCONT');
    await timed('from waking to moving pictures and sound', everybody);
  },

  async C4_a_browser_killed_with_9_frees_its_seat_after_its_grace() {
    signalAway('SIGKILL');
    await eventually('its seat is lost', async () =>
      (await api.get(`/calls/${call}`)).roster.people.some((one) => one.name === 'Alex Morgan' && one.link === 'lost'));
    await eventually('its seat is free', async () => (await api.get(`/calls/${call}`)).roster.people.length === 2, { seconds: 60 });
    away = await launchChromium({ namespace: network.namespace('away') });
    parent = await enter(away, 'Alex Morgan', 'away');
    await everybody();
  },
}, async () => {
  await Promise.allSettled([home.close(), away.close()]);
  await box.remove();
});
