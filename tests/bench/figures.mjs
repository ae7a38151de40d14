// Reads the lines of a bench on standard input. A JSON object is a figure: { name, value, unit } and, when a peer was
// measured in the same run, { peer, peer_value }; it is printed as `name: value unit, ratio R of PEER` and appended to
// the file named as argument, with the machine and the time. Everything else is passed on as it is.
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const file = process.argv[2];
const commit = () => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: fileURLToPath(new URL('.', import.meta.url)), stdio: 'pipe' }).toString().trim();
  } catch {
    return null;
  }
};
const machine = { cpu: cpus()[0]?.model.trim(), cores: cpus().length, kernel: release(), commit: commit() };

/** Three digits are more than the scatter of a shared machine deserves. */
const rounded = (value) => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

function sentence({ name, value, unit, peer, peer_value: peerValue }) {
  const own = `${name}: ${rounded(value)} ${unit}`;
  return peer ? `${own}, ratio ${(value / peerValue).toFixed(2)} of ${peer} (${rounded(peerValue)})` : own;
}

function figure(line) {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const found = figure(line);
  console.log(found ? sentence(found) : line);
  if (found) appendFileSync(file, `${JSON.stringify({ ...found, at: new Date().toISOString(), ...machine })}\n`);
}
