// A call in real browsers, carried by the installed service in its sandbox (X2).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildFolder } from '../support/build.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const notPossibleHere = 77;

const { status } = spawnSync('python3', [
  here('service_test.py'), here('../..'), buildFolder,
  '--pages', process.env.PARLEY_WEB ?? here('../../web-ui/dist'), '--check', here('call_check.py'),
], { stdio: 'inherit' });
if (status === notPossibleHere) console.log('skipped: systemd cannot be booted here');
process.exit(status === notPossibleHere ? 0 : status ?? 1);
