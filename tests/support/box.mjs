// A whole box for one test: parleyd with the demo school, its certificate and a real mail server, in the network's box
// namespace; pages and requests come from the client namespaces.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiClient } from './api_client.mjs';
import { buildFolder } from './build.mjs';
import { Mailbox } from './mailbox.mjs';
import { eventually } from './report.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const webRoot = process.env.PARLEY_WEB ?? join(root, 'web-ui/dist');
const port = 8443;

export class Box {
  #network;
  #daemon;
  #mail;
  #log;

  /**
   * Seeds the demo school and starts everything. `settings`: lines to add, e.g. { calls: ['spares = 1'] };
   * `seededAgo`: the school was seeded so many seconds ago, and its appointments are that much further on.
   */
  static async start(network, { settings = {}, seededAgo = 0 } = {}) {
    const box = new Box(network);
    box.#makeCertificate();
    await box.startMail();
    box.#configure(settings);
    box.#seed(seededAgo);
    await box.startDaemon();
    return box;
  }

  constructor(network) {
    this.#network = network;
    this.folder = mkdtempSync(join(tmpdir(), 'parley-box-'));
    this.state = join(this.folder, 'state');
    this.mailbox = new Mailbox(join(this.folder, 'mail'));
    this.#log = createWriteStream(join(this.folder, 'log'));
  }

  /** The box as a client of the network sees it; the links in mails lead to the first client's address of it. */
  url(client = this.#network.clients[0]) {
    return `https://${this.#network.boxAddress(client)}:${port}`;
  }

  get pid() {
    return this.#daemon.pid;
  }

  /** Everything that parleyd has said. */
  get log() {
    return readFileSync(join(this.folder, 'log'), 'utf8');
  }

  persona(name) {
    const found = this.personas.find((persona) => persona.name === name);
    if (!found) throw new Error(`the demo school has no ${name}`);
    return found;
  }

  /** Signs a persona in over HTTP, without a page. */
  async signIn(name) {
    const client = new ApiClient(this.url());
    await client.signIn(this.persona(name).link.split('#')[1]);
    return client;
  }

  async startMail() {
    this.#mail = this.#spawn('/usr/bin/python3', [
      join(root, 'image/mail-catcher.py'), '--listen', `127.0.0.1:${2525}`, '--folder', this.mailbox.folder,
    ]);
    await new Promise((resolve, reject) => {
      this.#mail.stdout.once('data', resolve);
      this.#mail.once('exit', (code) => reject(new Error(`the mail catcher ended with ${code}`)));
    });
  }

  async stopMail() {
    await end(this.#mail, 'SIGTERM');
  }

  async startDaemon() {
    this.#daemon = this.#spawn(join(buildFolder, 'parleyd'), ['--config', join(this.folder, 'parley.toml')]);
    this.#daemon.stdout.pipe(this.#log, { end: false });
    this.#daemon.stderr.pipe(this.#log, { end: false });
    const client = new ApiClient(this.url());
    await eventually('parleyd answers', async () => {
      if (this.#daemon.exitCode !== null) throw new Error(`parleyd ended with ${this.#daemon.exitCode}:\n${this.log}`);
      return client.request('GET', '/health').then((answer) => answer.status === 200, () => false);
    }, { every: 50 });
  }

  /** As a crash would: no farewell. */
  async kill() {
    await end(this.#daemon, 'SIGKILL');
  }

  async stop() {
    await end(this.#daemon, 'SIGTERM');
  }

  /** The ids of the call processes that parleyd runs now. */
  callProcesses() {
    return execFileSync('pgrep', ['-P', String(this.#daemon.pid), '-x', 'parley-call']).toString().trim().split('\n').map(Number);
  }

  async remove() {
    await this.stop();
    await this.stopMail();
    this.#log.end();
    if (process.env.PARLEY_KEEP) console.log(`kept ${this.folder}`);
    else rmSync(this.folder, { recursive: true, force: true });
  }

  #spawn(command, args) {
    return spawn('ip', ['netns', 'exec', this.#network.box, command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  #makeCertificate() {
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
      '-subj', '/CN=parley.test', '-keyout', join(this.folder, 'key.pem'), '-out', join(this.folder, 'certificate.pem'),
    ], { stdio: 'pipe' });
  }

  #configure(settings) {
    if (!existsSync(join(webRoot, 'index.html'))) throw new Error('the pages are not built: npm run build in web-ui');
    const more = (section) => (settings[section] ?? []).join('\n');
    writeFileSync(join(this.folder, 'parley.toml'), `
[http]
address = "0.0.0.0"
port = ${port}
certificate = "${this.folder}/certificate.pem"
key = "${this.folder}/key.pem"
web_root = "${webRoot}"
public_url = "${this.url()}"
${more('http')}
[state]
directory = "${this.state}"
[mail]
host = "127.0.0.1"
port = 2525
security = "none"
locales = "${join(root, 'web-ui/locales')}"
${more('mail')}
[calls]
program = "${join(buildFolder, 'parley-call')}"
${more('calls')}
`);
  }

  #seed(ago) {
    const file = join(this.folder, 'demo.json');
    const command = [join(buildFolder, 'parleyd'), '--config', join(this.folder, 'parley.toml'), '--seed-demo', file];
    if (ago > 0) command.unshift('faketime', '-f', `-${ago}s`);
    execFileSync(command[0], command.slice(1), { stdio: 'pipe' });
    this.personas = JSON.parse(readFileSync(file, 'utf8')).personas;
  }
}

async function end(child, signal) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
