// A thousand claims of four teachers' and parents' and guests' pages for one call, over HTTPS at once: never a fifth (M11).
import { Box } from '../support/box.mjs';
import { enterNetwork } from '../support/netns.mjs';
import { runTests } from '../support/report.mjs';
import { randomBytes } from 'node:crypto';
import { linkIn } from '../support/mailbox.mjs';
import { ApiClient } from '../support/api_client.mjs';

const network = await enterNetwork(import.meta.url);
const box = await Box.start(network);
const must = (claim, what) => {
  if (!claim) throw new Error(what);
};
const people = [];
let call;

await runTests({
  async M11_a_thousand_claims_at_once_never_seat_a_fifth() {
    const alex = await box.signIn('Alex Morgan');
    const { evening } = await alex.get('/session');
    const { appointments, students } = await alex.get(`/evenings/${evening.id}/bookings`);
    call = appointments.find((one) => one.teachers.length === 3).id;
    const sam = students.find((one) => one.first_name === 'Sam');
    const invited = await alex.request('POST', `/evenings/${evening.id}/invites`, {
      name: 'Kim', email: 'kim@families.example', students: [sam.id], consent: true,
    });
    must(invited.status === 201, JSON.stringify(invited.body));
    const guest = new ApiClient(box.url());
    await guest.signIn(linkIn(await box.mailbox.arrived('kim@families.example')).split('#')[1]);
    people.push(alex, guest);
    for (const name of ['Priya Shah', 'Daniel Okafor', 'Helen Fischer']) people.push(await box.signIn(name));

    const watcher = await box.signIn('Alex Morgan');
    let worst = 0;
    let watching = true;
    const watch = (async () => {
      while (watching) {
        // As often as the box lets one session look.
        const { status, body } = await watcher.request('GET', `/calls/${call}`);
        if (status === 200) worst = Math.max(worst, body.roster.people.length);
        else must(status === 429, `the watcher is answered ${status}`);
      }
    })();
    const claims = [...Array(1000).keys()].map((number) =>
      people[number % people.length].request('POST', `/calls/${call}/seat`, { page: randomBytes(16).toString('hex') }));
    const answers = await Promise.all(claims);
    watching = false;
    await watch;
    const count = {};
    for (const { status } of answers) count[status] = (count[status] ?? 0) + 1;
    console.log(`  ${JSON.stringify(count)}, at most ${worst} in the roster`);
    must(Object.keys(count).every((status) => ['201', '202', '409', '429', '503'].includes(status)), 'an answer that nobody expects');
    must(worst === 4, `${worst} people in the roster`);
    const { roster } = await alex.get(`/calls/${call}`);
    must(roster.people.length === 4 && roster.waiting === 1, JSON.stringify(roster));
    must(new Set(roster.people.map((one) => one.index)).size === 4, 'two people on one seat');
    must(new Set(roster.people.map((one) => one.name)).size === 4, 'one person on two seats');
  },

  async M12_a_leaving_person_frees_exactly_one_place() {
    const mine = [];
    for (const person of people.slice(2)) mine.push(await person.request('POST', `/calls/${call}/seat`, { page: randomBytes(16).toString('hex') }));
    const seated = mine.findIndex((answer) => answer.status === 201);
    must(seated >= 0, 'no teacher sits');
    const left = await people[2 + seated].request('DELETE', `/seats/${mine[seated].body.seat}`);
    must(left.status === 204, `leaving answers ${left.status}`);
    const { roster } = await people[0].get(`/calls/${call}`);
    must(roster.people.length <= 4, JSON.stringify(roster));
  },
}, () => {
  for (const person of people) person.close();
  return box.remove();
});
