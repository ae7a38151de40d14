// parleyd and nginx in the box's namespace, each on core 0 with one process; wrk in the client's, on core 1. They are
// asked in turns, so that both meet the same moments of a shared machine.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Box } from '../../support/box.mjs';
import { enterNetwork } from '../../support/netns.mjs';
import { eventually } from '../../support/report.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
// One an address, because parleyd lets an address ask 1,000 times at once and then 100 times a second.
const connections = 240;
const nginxPort = 9443;
const webRoot = process.env.PARLEY_WEB ?? fileURLToPath(new URL('../../../web-ui/dist', import.meta.url));

const onCore = (core, ...command) => (cpus().length > 1 ? ['taskset', '-c', String(core), ...command] : command);
const there = (program) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
};

const network = await enterNetwork(import.meta.url);
const box = await Box.start(network);
const host = new URL(box.url()).hostname;
if (cpus().length > 1) execFileSync('taskset', ['-a', '-cp', '0', String(box.pid)], { stdio: 'pipe' });
comeFromManyAddresses();
const health = await (await fetchInsecure(`${box.url()}/api/v1/health`)).text();
const nginx = there('nginx') ? await startNginx() : null;
if (!nginx) console.log('http: nginx is not installed, so there is nothing to compare with');

for (const [what, path] of [['an answer of the API', '/api/v1/health'], ['a page', '/index.html']]) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(load(`${box.url()}${path}`));
    if (nginx) theirs.push(load(`https://${host}:${nginxPort}${path}`));
  }
  const figure = { name: `http: ${what} over HTTPS`, value: median(ours), unit: 'requests/s' };
  if (nginx) Object.assign(figure, { peer: 'nginx', peer_value: median(theirs) });
  console.log(JSON.stringify(figure));
}

nginx?.kill('SIGTERM');
await box.remove();
process.exit(0);

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Each new connection of this namespace gets the next of its addresses. */
function comeFromManyAddresses() {
  const prefix = network.clientAddress(network.clients[0]).replace(/\d+$/, '');
  const all = Array.from({ length: connections }, (_, i) => `${prefix}${10 + i}`);
  for (const address of all) execFileSync('ip', ['addr', 'add', `${address}/24`, 'dev', 'eth0']);
  const next = `numgen inc mod ${all.length} map { ${all.map((address, i) => `${i} : ${address}`).join(', ')} }`;
  execFileSync('nft', [
    `add table ip bench; add chain ip bench out { type nat hook postrouting priority 100; }; ` +
    `add rule ip bench out ip daddr ${host} snat to ${next}`,
  ]);
}

/** What one round of wrk says; answers that are no 2xx are said beside it. */
function load(url) {
  const [command, ...args] = onCore(1, 'wrk', '-t1', `-c${connections}`, '-d5s', url);
  const said = execFileSync(command, args).toString();
  const wrong = said.match(/Non-2xx or 3xx responses: (\d+)|Socket errors: .*/);
  if (wrong) console.log(`  ${url}: ${wrong[0]}`);
  return Number(said.match(/Requests\/sec:\s+([\d.]+)/)[1]);
}

async function fetchInsecure(url) {
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  process.removeAllListeners('warning');
  return fetch(url);
}

/** With parleyd's key, and nothing that it would do and parleyd would not: no log, no compression. */
async function startNginx() {
  const folder = join(box.folder, 'nginx');
  mkdirSync(folder);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `
daemon off;
user root;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on;
  keepalive_requests 1000000000;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen ${nginxPort} ssl;
    ssl_certificate ${box.folder}/certificate.pem;
    ssl_certificate_key ${box.folder}/key.pem;
    root ${webRoot};
    location = /api/v1/health { default_type application/json; return 200 '${health}'; }
  }
}
`);
  const [command, ...args] = onCore(0, 'nginx', '-c', file);
  const server = spawn('ip', ['netns', 'exec', network.box, command, ...args], { stdio: 'inherit' });
  await eventually('nginx answers', async () => {
    if (server.exitCode !== null) throw new Error(`nginx ended:\n${readFileSync(join(folder, 'error.log'), 'utf8')}`);
    return fetchInsecure(`https://${host}:${nginxPort}/index.html`).then((answer) => answer.ok, () => false);
  });
  return server;
}
