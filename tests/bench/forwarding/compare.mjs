// Turns the results of several rounds of load (one JSON object a line, of both servers) into figures: medians.
import { readFileSync } from 'node:fs';

const [shape, file] = process.argv.slice(2);
const results = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const of = (server) => results.filter((result) => result.server === server);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const people = Number(shape.split('x')[1]);
const measures = [
  ['CPU a million packets out', 's', 'cpu_s_per_million_out'],
  ['latency p50', 'ms', 'latency_ms_p50'],
  ['latency p95', 'ms', 'latency_ms_p95'],
  ['RSS a person', 'MiB', 'rss_kib_per_person', 1 / 1024],
  ['PSS a person', 'MiB', 'pss_kib_per_person', 1 / 1024],
  ['threads a person', 'threads', 'threads_per_person'],
];

for (const [what, unit, key, scale = 1] of measures) {
  const figure = { name: `forwarding, ${people} people a call: ${what}`, value: median(of('parley').map((r) => r[key])) * scale, unit };
  if (of('janus').length > 0) {
    figure.peer = 'Janus';
    figure.peer_value = median(of('janus').map((r) => r[key])) * scale;
  }
  console.log(JSON.stringify(figure));
}

for (const r of results) {
  if (r.loss_percent > 0 || r.pairs_seen < r.pairs_wanted || r.failures > 0) {
    console.log(`  with ${r.server} a round lost ${r.loss_percent.toFixed(3)} % and showed ${r.pairs_seen} of ${r.pairs_wanted} pictures`);
  }
}
const busiest = Math.max(...results.map((r) => r.machine_cores));
console.log(`  ${results.length} results, ${Math.round(median(results.map((r) => r.out_packets_per_s)))} packets/s out each; the machine's cores were busy with ${busiest.toFixed(2)} at most`);
