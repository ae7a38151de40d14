// The evening of the Morgans, from the invitation to the hand-over: M1-M13 in real browsers on a real box.
import { Box } from '../support/box.mjs';
import { launchChromium } from '../support/browsers.mjs';
import { linkIn } from '../support/mailbox.mjs';
import { enterNetwork } from '../support/netns.mjs';
import { eventually, runTests } from '../support/report.mjs';
import { ApiClient } from '../support/api_client.mjs';
import { Person } from './person.mjs';

const network = await enterNetwork(import.meta.url);
const box = await Box.start(network);
const browser = await launchChromium();
const guestAddress = 'sam.other.parent@families.example';
const teacherNames = ['Priya Shah', 'Daniel Okafor', 'Helen Fischer'];

const must = (claim, what) => {
  if (!claim) throw new Error(what);
};
/** Prints how long something took: a figure, not a verdict. */
const timed = async (what, act) => {
  const start = performance.now();
  await act();
  console.log(`  ${what}: ${Math.round(performance.now() - start)} ms`);
};

const arrive = async (...args) => {
  const person = await Person.arrive(...args);
  people.push(person);
  return person;
};
let alex;
let guest;
let guestLink;
const teachers = [];
const people = [];

await runTests({
  async B9_the_parent_sees_every_appointment_and_the_invite_link_on_top() {
    alex = await arrive(browser, 'Alex', box.persona('Alex Morgan').link);
    await alex.heading('My bookings').waitFor();
    await alex.link('Invite parent/guardian').waitFor();
    must(!alex.page.url().includes('#'), 'the token is still in the address');
    for (const name of teacherNames) await alex.reads(name);
    await alex.reads('Sports Hall, Room 2');
    await alex.shot('bookings');
  },

  async M4_each_missing_field_gets_its_own_error_and_nothing_typed_is_lost() {
    await alex.link('Invite parent/guardian').click();
    await alex.button('Send invite').click();
    for (const field of ['Name', 'Email address']) {
      const input = alex.page.getByLabel(field, { exact: true });
      await eventually(`${field} is marked`, async () => (await input.getAttribute('aria-invalid')) === 'true');
    }
    must(await alex.page.getByRole('checkbox', { name: /^I agree/ }).getAttribute('aria-invalid') === 'true', 'consent is not marked');
    await alex.page.getByLabel('Name', { exact: true }).fill('Zoë "Zo" Müller-Łukasz');
    await alex.page.getByLabel('Email address', { exact: true }).fill('not an address');
    await alex.button('Send invite').click();
    await eventually('only the address is wrong', async () =>
      (await alex.page.getByLabel('Email address', { exact: true }).getAttribute('aria-invalid')) === 'true');
    must(await alex.page.getByLabel('Name', { exact: true }).inputValue() === 'Zoë "Zo" Müller-Łukasz', 'the name was lost');
    await alex.shot('invite-errors');
  },

  async M5_M6_the_invite_for_one_of_two_students_is_mailed_at_once() {
    await alex.page.getByLabel('Email address', { exact: true }).fill(guestAddress);
    await alex.page.getByRole('checkbox', { name: /Sam/ }).check();
    await alex.page.getByRole('checkbox', { name: /^I agree/ }).check();
    await alex.button('Send invite').click();
    await alex.heading('Manage invites').waitFor();
    await alex.reads('Zoë "Zo" Müller-Łukasz');
    const mail = await box.mailbox.arrived(guestAddress);
    for (const word of ['Hillview School', 'Sam', 'Alex Morgan', ...teacherNames]) {
      must(mail.text.includes(word), `the mail does not name ${word}`);
      must(mail.html.includes(word), `the HTML mail does not name ${word}`);
    }
    must(!mail.text.includes('Robin'), 'the mail tells of a student it is not for');
    must(mail.name === 'Zoë "Zo" Müller-Łukasz', `the name arrived as ${mail.name}`);
    guestLink = linkIn(mail);
    await alex.reads(/sent/i);
    await alex.button('Invite another').or(alex.link('Invite another')).waitFor();
    await alex.shot('invites');
  },

  async M13_the_guest_sees_the_video_appointments_of_that_student_and_nothing_else() {
    guest = await arrive(browser, 'guest', guestLink, { viewport: Person.phone });
    await guest.page.waitForURL(/\/visit$/);
    await guest.reads('Sam');
    for (const name of teacherNames) await guest.reads(name);
    const text = await guest.page.locator('body').innerText();
    for (const word of ['Robin', 'Sports Hall', 'Book']) must(!text.includes(word), `the guest sees ${word}`);
    await guest.shot('visit');
  },

  async M12_with_three_teachers_and_the_parent_in_the_guest_waits() {
    for (const name of teacherNames) {
      const teacher = await arrive(browser, name, box.persona(name).link);
      await teacher.openCall();
      await teacher.join();
      await teacher.seated();
      teachers.push(teacher);
    }
    await alex.page.goto(`${box.url()}/bookings`);
    await alex.openCall();
    await alex.join();
    await alex.seated();
    await Promise.all([alex, ...teachers].map((person) => person.seesAndHears(3)));
    await alex.shot('call-four');
    await guest.openCall();
    await guest.join();
    await guest.reads(/full/i);
    await guest.shot('call-waiting');
  },

  async M12_the_guest_is_let_in_by_itself_when_a_teacher_leaves() {
    await timed('from Leave to a seat', async () => {
      await teachers[2].leave();
      await guest.seated();
    });
    await timed('to moving pictures and sound in all twelve directions', () =>
      Promise.all([guest, alex, teachers[0], teachers[1]].map((person) => person.seesAndHears(3))));
    await guest.shot('call-guest');
    await teachers[2].go();
  },

  async M9_a_second_use_of_the_link_knocks_out_the_first() {
    const second = await arrive(browser, 'second device', guestLink);
    await second.openCall();
    await second.join();
    await second.seated();
    await guest.reads(/another device/i);
    await second.seesAndHears(3);
    await guest.shot('call-knocked-out');
    must(await guest.button('Leave').count() === 0, 'the first page is still in the call');
    await guest.go();
    guest = second;
    const watcher = await arrive(browser, 'Alex at a second page', box.persona('Alex Morgan').link);
    await watcher.reads(/The link of the person you invited was used on another device/);
    await watcher.shot('bookings-knocked-out');
    await watcher.page.getByRole('link', { name: 'Manage invites' }).click();
    await watcher.heading('Manage invites').waitFor();
    await watcher.reads(/another device/i);
    await watcher.go();
  },

  async M8_remove_puts_the_guest_out_and_kills_the_link() {
    const office = await arrive(browser, 'Alex at a second page', box.persona('Alex Morgan').link);
    await office.link('Manage invites').click();
    await office.button(/^Remove/).first().click();
    await timed('from Remove to the sentence', async () => {
      await office.page.getByRole('dialog').getByRole('button', { name: /^Remove/ }).click();
      await guest.reads(/removed/i);
    });
    await guest.shot('call-removed');
    const late = await arrive(browser, 'a late visitor', guestLink);
    await late.reads(/switched off/i);
    const api = new ApiClient(box.url());
    const answer = await api.signIn(guestLink.split('#')[1]);
    must(answer.status === 410 && answer.body.error === 'link_removed', JSON.stringify(answer.body));
    await late.go();
    await office.go();
    await guest.go();
  },

  async M7_with_both_students_invited_for_no_other_invite_can_be_sent() {
    const api = await box.signIn('Alex Morgan');
    const { evening } = await api.get('/session');
    const { available_students: students } = await api.get(`/evenings/${evening.id}/invites`);
    must(students.length === 2, 'Sam cannot be invited for again');
    await alex.page.goto(`${box.url()}/invites/new`);
    await alex.page.getByLabel('Name', { exact: true }).fill('Kim');
    await alex.page.getByLabel('Email address', { exact: true }).fill('kim@families.example');
    for (const box of await alex.page.getByRole('checkbox').all()) await box.check();
    await alex.button('Send invite').click();
    await alex.reads('Unable to invite another parent/guardian. Only one invite can be sent per student.');
    must(await alex.page.getByText('Invite another', { exact: true }).count() === 0, 'Invite another is still there');
    const first = await box.mailbox.arrived('kim@families.example');
    await alex.button('Resend').first().click();
    const second = await box.mailbox.arrived('kim@families.example', { count: 2 });
    must(linkIn(first) !== linkIn(second), 'the link is the same');
    const old = await new ApiClient(box.url()).signIn(linkIn(first).split('#')[1]);
    must(old.status === 410, `the old link answers ${old.status}`);
    const made = await new ApiClient(box.url()).signIn(linkIn(second).split('#')[1]);
    must(made.status === 201, `the new link answers ${made.status}`);
  },

  async P4_no_page_broke_its_own_rules() {
    // A refused request (410, 422) is reported by the browser too; a script or style that the policy stops is not that.
    const broken = people.flatMap((person) => person.complaints).filter((text) => !/status of 4\d\d/.test(text));
    must(broken.length === 0, broken.join('\n'));
  },

  async P3_no_token_and_no_name_is_in_the_log() {
    for (const word of ['Morgan', 'Zoë', guestAddress, guestLink.split('#')[1]]) must(!box.log.includes(word), `the log has ${word}`);
  },
}, async () => {
  await browser.close();
  await box.remove();
});
