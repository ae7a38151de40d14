// N1: everything acknowledged is there after kill -9, and every mail of it goes out, also after a mail server's holiday.
import { Box } from '../support/box.mjs';
import { enterNetwork } from '../support/netns.mjs';
import { eventually, runTests } from '../support/report.mjs';

const network = await enterNetwork(import.meta.url);
const box = await Box.start(network);
const must = (claim, what) => {
  if (!claim) throw new Error(what);
};
const parents = box.personas.filter((persona) => persona.role === 'parent');

await runTests({
  async N1_invites_acknowledged_before_kill_9_are_all_there_and_all_mailed_once() {
    await eventually('the confirmations of the demo are out', () => box.mailbox.all().length >= 7);
    const acknowledged = [];
    const clients = await Promise.all(parents.map((parent) => box.signIn(parent.name)));
    const evening = (await clients[0].get('/session')).evening.id;
    let asked = 0;
    const send = async (client, parent, number) => {
      const { available_students: students } = await client.get(`/evenings/${evening}/invites`);
      for (const student of students) {
        asked += 1;
        const email = `guest${number}.${student.id}@families.example`;
        const answer = await client.request('POST', `/evenings/${evening}/invites`, { name: 'Kim', email, students: [student.id], consent: true });
        if (answer.status === 201) acknowledged.push({ parent, email, id: answer.body.id });
        // Half of them are in: now, in the middle of the others.
        if (acknowledged.length === 15) await box.kill();
      }
    };
    await Promise.allSettled(clients.map((client, number) => send(client, parents[number], number)));
    must(acknowledged.length >= 15, `only ${acknowledged.length} of ${asked} were acknowledged`);
    await box.startDaemon();
    for (const { parent, email } of acknowledged) {
      const client = await box.signIn(parent.name);
      const { invites } = await client.get(`/evenings/${evening}/invites`);
      must(invites.some((invite) => invite.guest_email === email), `${email} was acknowledged and is gone`);
      client.close();
    }
    for (const { email } of acknowledged) await box.mailbox.arrived(email);
    const mails = box.mailbox.all().filter((mail) => mail.to[0].startsWith('guest'));
    const ids = new Map();
    for (const mail of mails) ids.set(mail.to[0], (ids.get(mail.to[0]) ?? new Set()).add(mail.id));
    for (const [address, known] of ids) must(known.size === 1, `${address} got ${known.size} different mails`);
    console.log(`  ${acknowledged.length} acknowledged of ${asked}, ${mails.length} mails`);
    for (const client of clients) client.close();
  },

  async N1_a_mail_server_that_is_away_loses_nothing_and_the_parent_sees_the_state() {
    await box.stopMail();
    const client = await box.signIn('Alex Morgan');
    const evening = (await client.get('/session')).evening.id;
    const { available_students: students } = await client.get(`/evenings/${evening}/invites`);
    const { invites } = await client.get(`/evenings/${evening}/invites`);
    const address = students.length > 0 ? 'late@families.example' : invites[0].guest_email;
    const had = box.mailbox.to(address).length;
    if (students.length > 0) {
      await client.request('POST', `/evenings/${evening}/invites`, { name: 'Late', email: address, students: [students[0].id], consent: true });
    } else {
      await client.request('POST', `/invites/${invites[0].id}/resend`);
    }
    const state = async () => (await client.get(`/evenings/${evening}/invites`)).invites.find((one) => one.guest_email === address)?.mail;
    await eventually('it is queued', async () => (await state())?.state === 'queued');
    await box.startMail();
    await box.stop();
    await box.startDaemon();
    await box.mailbox.arrived(address, { count: had + 1, seconds: 90 });
    await eventually('it is told as sent', async () => (await state())?.state === 'sent', { seconds: 90 });
    client.close();
  },
}, () => box.remove());
