// What people are told when something is wrong, in the words of the catalogue, on the real pages: which field, what is
// wrong, what to do. Nothing that was typed is lost, and a second press does nothing twice.
import { readFileSync } from 'node:fs';
import { Box } from '../support/box.mjs';
import { launchChromium } from '../support/browsers.mjs';
import { enterNetwork } from '../support/netns.mjs';
import { runTests } from '../support/report.mjs';
import { Person } from './person.mjs';

const network = await enterNetwork(import.meta.url);
const box = await Box.start(network);
const browser = await launchChromium();
const locales = new URL('../../web-ui/locales/', import.meta.url);
const catalogue = (name) => JSON.parse(readFileSync(new URL(name, locales), 'utf8'));
const words = catalogue('en.json');
const callWords = catalogue('call.en.json');

const must = (claim, what) => {
  if (!claim) throw new Error(what);
};

let alex;
let evening;

/** The invite form as it is after a press on Send invite. */
async function filled({ name, email, students = [], consent }) {
  await alex.page.goto(`${box.url()}/invites/new`);
  await alex.page.getByLabel('Name', { exact: true }).fill(name);
  await alex.page.getByLabel('Email address', { exact: true }).fill(email);
  for (const student of students) await alex.page.getByRole('checkbox', { name: student }).check();
  if (consent) await alex.page.getByRole('checkbox', { name: /^I agree/ }).check();
  await alex.button('Send invite').click();
}

/** The field's own sentence, as somebody who listens to the page is told it together with the field. */
async function saysAt(field, sentence) {
  const input = field === 'consent' ? alex.page.getByRole('checkbox', { name: /^I agree/ }) : alex.page.getByLabel(field, { exact: true });
  await alex.page.getByText(sentence, { exact: true }).first().waitFor();
  const [id] = (await input.getAttribute('aria-describedby')).split(' ');
  must((await alex.page.locator(`#${id}`).innerText()).trim() === sentence, `${field} is not described by "${sentence}"`);
  return input;
}

const focused = (input) => input.evaluate((element) => element === document.activeElement);

await runTests({
  async M4_each_of_the_required_fields_has_its_own_sentence() {
    alex = await Person.arrive(browser, 'Alex', box.persona('Alex Morgan').link);
    await alex.heading('My bookings').waitFor();
    ({ evening } = await (await box.signIn('Alex Morgan')).get('/session'));
    await filled({ name: '', email: '' });
    const name = await saysAt('Name', words.error.name_missing);
    await saysAt('Email address', words.error.email_missing);
    await saysAt('consent', words.error.consent_missing);
    await alex.reads(words.error.student_missing);
    await alex.reads('Please look at 4 fields again');
    must(await focused(name), 'the first wrong field has not the focus');
  },

  async M4_consent_alone_is_asked_for_and_nothing_typed_is_lost() {
    await filled({ name: 'Kim', email: 'kim@families.example', students: [/Sam/] });
    const consent = await saysAt('consent', words.error.consent_missing);
    must(await focused(consent), 'the box has not the focus');
    must(await alex.page.getByText(words.error.name_missing).count() === 0, 'the name is complained about');
    must(await alex.page.getByLabel('Name', { exact: true }).inputValue() === 'Kim', 'the name was lost');
    must(await alex.page.getByRole('checkbox', { name: /Sam/ }).isChecked(), 'the student was lost');
  },

  async M4_what_cannot_be_a_name_or_an_address_is_said() {
    const wrong = [
      ['x'.repeat(101), 'kim@families.example', 'Name', words.error.name_invalid],
      ['Kim\u202eecila', 'kim@families.example', 'Name', words.error.name_invalid],
      ['\u200b', 'kim@families.example', 'Name', words.error.name_missing],
      ['Kim', 'kim', 'Email address', words.error.email_invalid],
      ['Kim', 'kim@families', 'Email address', words.error.email_invalid],
      ['Kim', 'kim@families.example, eve@evil.example', 'Email address', words.error.email_invalid],
      ['Kim', '"kim"@families.example', 'Email address', words.error.email_invalid],
    ];
    for (const [name, email, field, sentence] of wrong) {
      await filled({ name, email, students: [/Sam/], consent: true });
      must(await focused(await saysAt(field, sentence)), `${field} has not the focus`);
    }
    must(box.mailbox.to('kim@families.example').length === 0, 'a mail went out');
  },

  async M1_nobody_invites_themselves() {
    await filled({ name: 'Alex', email: box.persona('Alex Morgan').email.toUpperCase(), students: [/Sam/], consent: true });
    await saysAt('Email address', words.error.guest_is_yourself);
  },

  async M1_two_pages_that_invite_for_one_student_make_one_invite() {
    await alex.page.goto(`${box.url()}/invites/new`);
    await alex.page.getByLabel('Name', { exact: true }).fill('Kim');
    await alex.page.getByLabel('Email address', { exact: true }).fill('kim@families.example');
    await alex.page.getByRole('checkbox', { name: /Sam/ }).check();
    await alex.page.getByRole('checkbox', { name: /^I agree/ }).check();
    // Unheard by the page: it still believes that Sam is free.
    await alex.page.route('**/api/v1/evenings/*/invites', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
    const other = await box.signIn('Alex Morgan');
    const { students } = await other.get(`/evenings/${evening.id}/bookings`);
    const sam = students.find((student) => student.first_name === 'Sam');
    const invited = await other.request('POST', `/evenings/${evening.id}/invites`, { name: 'First', email: 'first@families.example', students: [sam.id], consent: true });
    must(invited.status === 201, JSON.stringify(invited));
    await alex.button('Send invite').click();
    await alex.reads(words.error.already_invited);
    must(await alex.page.getByLabel('Name', { exact: true }).inputValue() === 'Kim', 'the name was lost');
    await alex.page.unroute('**/api/v1/evenings/*/invites');
    await alex.page.goto(`${box.url()}/invites/new`);
    await alex.reads(words.invite.covered);
    must(await alex.page.getByRole('checkbox', { name: /Sam/ }).isDisabled(), 'Sam can be chosen again');
    const { invites } = await other.get(`/evenings/${evening.id}/invites`);
    must(invites.length === 1, `${invites.length} invites`);
  },

  async M6_two_presses_send_one_mail() {
    await filled({ name: 'Lee', email: 'lee@families.example', students: [/Robin/] });
    await alex.page.getByRole('checkbox', { name: /^I agree/ }).check();
    await alex.button('Send invite').dblclick();
    await alex.heading('Manage invites').waitFor();
    await alex.reads(words.invites.none_left);
    await box.mailbox.arrived('lee@families.example');
    const { invites } = await (await box.signIn('Alex Morgan')).get(`/evenings/${evening.id}/invites`);
    must(invites.filter((invite) => invite.guest_email === 'lee@families.example').length === 1, 'two invites');
    must(box.mailbox.to('lee@families.example').length === 1, 'two mails');
  },

  async B1_a_time_that_somebody_else_takes_meanwhile_is_said_to_be_taken() {
    const taker = await box.signIn('Nadia Hussain');
    const theirs = (await taker.get(`/evenings/${evening.id}/choices`)).students;
    const { students: mine } = await (await box.signIn('Alex Morgan')).get(`/evenings/${evening.id}/choices`);
    const open = (choices) => choices.flatMap(({ student, classes }) => classes.filter((one) => !one.booked).flatMap((one) => one.slots.map((slot) => ({ student, one, slot }))));
    const [wanted, theirsToo] = open(mine)
      .map((choice) => [choice, open(theirs).find(({ one, slot }) => one.id === choice.one.id && slot === choice.slot)])
      .find(([, same]) => same) ?? [];
    must(wanted, 'the two families have no time in common');
    await alex.page.goto(`${box.url()}/bookings/new?student=${wanted.student.id}&class=${wanted.one.id}`);
    const time = alex.page.locator('label', { has: alex.page.locator(`time[datetime="${wanted.slot}"]`) });
    await time.click();
    await alex.page.getByLabel(words.booking.note).fill('About the exam');
    const taken = await taker.request('POST', `/evenings/${evening.id}/appointments`, { student: theirsToo.student.id, class: theirsToo.one.id, starts_at: theirsToo.slot });
    must(taken.status === 201, JSON.stringify(taken.body));
    await alex.button('Book appointment').click();
    // The page may have heard of it before the press: then it asks for a time.
    await alex.reads(new RegExp(`${words.error.slot_taken}|${words.booking.missing_time}`));
    await time.waitFor({ state: 'detached' });
    must(await alex.page.getByLabel(words.booking.note).inputValue() === 'About the exam', 'the note was lost');
  },

  async C8_calls_that_cannot_be_joined_say_why() {
    const api = await box.signIn('Alex Morgan');
    const { appointments } = await api.get(`/evenings/${evening.id}/bookings`);
    const inPerson = appointments.find((one) => one.mode === 'in_person');
    await alex.page.goto(`${box.url()}/call/${inPerson.id}`);
    await alex.heading(callWords.failed.not_video).waitFor();
    await alex.reads(callWords.failed.not_video_help);
    const theirs = (await (await box.signIn('Nadia Hussain')).get(`/evenings/${evening.id}/bookings`)).appointments;
    const foreign = theirs.find((one) => !appointments.some((own) => own.id === one.id));
    for (const id of [foreign.id, 999999]) {
      await alex.page.goto(`${box.url()}/call/${id}`);
      await alex.heading(callWords.failed.not_found).waitFor();
      await alex.reads(callWords.failed.not_found_help);
    }
    const later = appointments.filter((one) => one.mode === 'video').sort((a, b) => a.starts_at.localeCompare(b.starts_at)).at(-1);
    await alex.page.goto(`${box.url()}/call/${later.id}`);
    await alex.heading(callWords.lobby.early).waitFor();
    must(await alex.button('Join').count() === 0, 'it can be joined already');
  },

  async links_that_do_not_work_and_pages_that_are_not_there() {
    const stranger = await Person.arrive(browser, 'a stranger', `${box.url()}/guest#${'A'.repeat(43)}`, { viewport: Person.phone });
    await stranger.reads(words.error.link_unknown);
    await stranger.reads(words.arrival.guest_help);
    await stranger.page.goto(`${box.url()}/in#half-a-link`);
    await stranger.reads(words.error.link_unknown);
    await stranger.page.goto(`${box.url()}/nothing/here`);
    await stranger.heading(words.not_found.title).waitFor();
    await stranger.page.goto(`${box.url()}/bookings`);
    await stranger.heading(words.sign_in.title).waitFor();
    await stranger.button(words.sign_in.send).click();
    await stranger.reads(words.error.email_missing);
    await stranger.page.getByLabel('Email address', { exact: true }).fill('nobody');
    await stranger.button(words.sign_in.send).click();
    await stranger.reads(words.error.email_invalid);
    await stranger.go();
  },

  async P3_asking_too_often_is_said_with_the_time_to_wait() {
    const stranger = await Person.arrive(browser, 'a stranger', `${box.url()}/`);
    for (let asked = 0; asked < 5; asked += 1) {
      await stranger.page.getByLabel('Email address', { exact: true }).fill('nobody@nowhere.example');
      await stranger.button(words.sign_in.send).click();
      await stranger.heading(words.sign_in.asked_title).waitFor();
      await stranger.button(words.sign_in.other_address).click();
    }
    await stranger.button(words.sign_in.send).click();
    await stranger.reads(/That was a little too often\. Wait/);
    must(box.mailbox.to('nobody@nowhere.example').length === 0, 'a mail went to somebody whom the school does not know');
    await stranger.go();
  },
}, async () => {
  await browser.close();
  await box.remove();
});
