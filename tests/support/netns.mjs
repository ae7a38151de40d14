// A small network for one test: the box and its clients, each a network namespace of its own with a veth pair to the box.
// webrtc stacks skip loopback, and only so can one client's line be made slow or lossy. Needs root.
//
//   const network = await enterNetwork(import.meta.url, { clients: ['home', 'slow'] });
//
// runs the calling script a second time inside the first client's namespace, where the call above returns the network;
// outside it never returns: it waits, removes the namespaces with everything in them, and exits as the inner run did.
import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const variable = 'PARLEY_TEST_NETWORK';

const ip = (...args) => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();

export class Network {
  constructor(prefix, clients) {
    this.prefix = prefix;
    this.clients = clients;
    this.box = `${prefix}-box`;
  }

  namespace(client) {
    return `${this.prefix}-${client}`;
  }

  /** The box's address on this client's line, and the client's own. */
  boxAddress(client) {
    return `10.99.${this.clients.indexOf(client) + 1}.1`;
  }

  clientAddress(client) {
    return `10.99.${this.clients.indexOf(client) + 1}.2`;
  }

  boxAddress6(client) {
    return `fd99:${this.clients.indexOf(client) + 1}::1`;
  }

  clientAddress6(client) {
    return `fd99:${this.clients.indexOf(client) + 1}::2`;
  }

  /** Runs a command in a namespace and returns what it printed. */
  run(namespace, ...command) {
    return ip('netns', 'exec', namespace, ...command);
  }

  /** What the box sends to this client, in kbit/s (null: as fast as it goes), with at most 200 ms of queue. */
  limitDownlink(client, kbit) {
    const device = this.#device(client);
    if (kbit === null) return this.run(this.box, 'tc', 'qdisc', 'del', 'dev', device, 'root');
    return this.run(
      this.box, 'tc', 'qdisc', 'replace', 'dev', device, 'root', 'tbf',
      'rate', `${kbit}kbit`, 'burst', '8kb', 'latency', '200ms',
    );
  }

  /** Drops this share (percent) of the UDP packets that come from the client; 100 leaves only TCP. */
  dropUplink(client, percent) {
    this.#drop('input', 'iifname', client, percent);
  }

  /** The same for what goes to the client. */
  dropDownlink(client, percent) {
    this.#drop('output', 'oifname', client, percent);
  }

  /** A router that forwards: from this client the box is reached at `address` alone, which is translated to its own. */
  forwardFrom(client, address) {
    const inside = this.boxAddress(client);
    this.run(
      this.box, 'nft',
      `add table ip parley; ` +
      `add chain ip parley router { type nat hook prerouting priority -100; }; ` +
      `add rule ip parley router ip daddr ${address} dnat to ${inside}; ` +
      `add chain ip parley wall { type filter hook prerouting priority -300; }; ` +
      `add rule ip parley wall iifname "${this.#device(client)}" ip daddr ${inside} drop`,
    );
  }

  /** Takes every rule away. */
  dropNothing() {
    this.run(this.box, 'nft', 'flush', 'ruleset');
  }

  #device(client) {
    return `veth-${client}`;
  }

  #drop(hook, match, client, percent) {
    const chain = `${hook}_${client}`;
    const which = percent >= 100 ? '' : `numgen random mod 100 < ${percent}`;
    this.run(
      this.box, 'nft',
      `add table inet parley; ` +
      `add chain inet parley ${chain} { type filter hook ${hook} priority 0; }; ` +
      `flush chain inet parley ${chain}; ` +
      `add rule inet parley ${chain} ${match} "${this.#device(client)}" meta l4proto udp ${which} drop`,
    );
  }

  create() {
    ip('netns', 'add', this.box);
    ip('-n', this.box, 'link', 'set', 'lo', 'up');
    for (const client of this.clients) {
      const namespace = this.namespace(client);
      ip('netns', 'add', namespace);
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
      ip('-n', this.box, 'link', 'add', this.#device(client), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
      ip('-n', this.box, 'addr', 'add', `${this.boxAddress(client)}/24`, 'dev', this.#device(client));
      ip('-n', namespace, 'addr', 'add', `${this.clientAddress(client)}/24`, 'dev', 'eth0');
      ip('-n', this.box, 'addr', 'add', `${this.boxAddress6(client)}/64`, 'dev', this.#device(client), 'nodad');
      ip('-n', namespace, 'addr', 'add', `${this.clientAddress6(client)}/64`, 'dev', 'eth0', 'nodad');
      ip('-n', this.box, 'link', 'set', this.#device(client), 'up');
      ip('-n', namespace, 'link', 'set', 'eth0', 'up');
      ip('-n', namespace, 'route', 'add', 'default', 'via', this.boxAddress(client));
    }
  }

  /** Ends whatever still runs in the namespaces (only this test's children can) and removes them. */
  remove() {
    for (const namespace of [this.box, ...this.clients.map((client) => this.namespace(client))]) {
      try {
        for (const pid of ip('netns', 'pids', namespace).split('\n').filter(Boolean)) process.kill(Number(pid), 'SIGKILL');
      } catch {
        // A process that ended by itself in the meantime.
      }
      try {
        ip('netns', 'del', namespace);
      } catch {
        // It was never made.
      }
    }
  }
}

function runInside(network, script) {
  return new Promise((resolve) => {
    const namespace = network.namespace(network.clients[0]);
    const inner = spawn('ip', ['netns', 'exec', namespace, process.execPath, script, ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, [variable]: JSON.stringify({ prefix: network.prefix, clients: network.clients }) },
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => inner.kill(signal));
    inner.on('exit', (code) => resolve(code ?? 1));
  });
}

export async function enterNetwork(moduleUrl, { clients = ['home'] } = {}) {
  if (process.env[variable]) {
    const { prefix, clients: known } = JSON.parse(process.env[variable]);
    return new Network(prefix, known);
  }
  const network = new Network(`parley-test-${process.pid}`, clients);
  let code = 1;
  try {
    network.create();
    code = await runInside(network, fileURLToPath(moduleUrl));
  } finally {
    network.remove();
  }
  process.exit(code);
}
