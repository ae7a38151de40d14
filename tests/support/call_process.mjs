// Drives a real parley-call as parleyd does: JSON lines over descriptor 3 (node's extra 'pipe' is a UNIX socket pair).
import { spawn } from 'node:child_process';

export class CallProcess {
  #child;
  #rest = '';
  #waiting = new Set();
  #over;

  /** `namespace`: where it runs; `before`: a shell command that is run first. `lines`: every message it ever sent. */
  constructor({ binary, namespace, before = ':' }) {
    const start = ['sh', '-c', `${before}; exec "$0"`, binary];
    const [command, ...args] = namespace ? ['ip', 'netns', 'exec', namespace, ...start] : start;
    this.lines = [];
    this.#child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
      env: { ...process.env, MALLOC_ARENA_MAX: '2' },
    });
    this.ended = new Promise((resolve) => this.#child.on('exit', (code, signal) => resolve(code ?? signal)));
    this.ended.then((how) => {
      this.#over = how;
      for (const waiting of [...this.#waiting]) waiting(null);
    });
    this.#child.stdio[3].on('data', (data) => this.#receive(data));
    this.#child.stdio[3].on('error', () => {});
  }

  get pid() {
    return this.#child.pid;
  }

  #receive(data) {
    const parts = (this.#rest + data).split('\n');
    this.#rest = parts.pop();
    for (const part of parts) {
      const message = JSON.parse(part);
      this.lines.push(message);
      for (const waiting of [...this.#waiting]) waiting(message);
    }
  }

  send(message) {
    this.#child.stdio[3].write(`${JSON.stringify(message)}\n`);
  }

  /** The first message with all these fields, among those since `from` (an index into `lines`). */
  until(fields, { seconds = 20, from = 0 } = {}) {
    const fits = (message) => Object.entries(fields).every(([name, value]) => message[name] === value);
    const known = this.lines.slice(from).find(fits);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const done = (end, value) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        end(value);
      };
      const look = (message) => {
        if (message === null) done(reject, new Error(`parley-call ended (${this.#over}) without ${JSON.stringify(fields)}`));
        else if (fits(message)) done(resolve, message);
      };
      const timer = setTimeout(
        () => done(reject, new Error(`parley-call did not say ${JSON.stringify(fields)} within ${seconds} s`)),
        seconds * 1000,
      );
      this.#waiting.add(look);
      if (this.#over !== undefined) look(null);
    });
  }

  configure(fields = {}) {
    this.send({
      type: 'configure', first_port: 40000, last_port: 40015, listen_addresses: [], public_addresses: [],
      ice_tcp: true, udp: true, max_bitrate: 1500000, ...fields,
    });
  }

  /** The offer for a new connection of the seat. */
  async connect(seat, connection) {
    this.send({ type: 'connect', seat, connection });
    return (await this.until({ type: 'offer', seat, connection })).sdp;
  }

  answer(seat, connection, sdp) {
    this.send({ type: 'answer', seat, connection, sdp });
  }

  disconnect(seat) {
    this.send({ type: 'disconnect', seat });
  }

  /** Closes the line; the process is expected to leave by itself. */
  async end() {
    this.#child.stdio[3].destroy();
    return this.ended;
  }
}
