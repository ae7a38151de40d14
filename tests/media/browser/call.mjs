// A parley-call on the box of a test network, ready and configured.
import { buildFolder } from '../../support/build.mjs';
import { CallProcess } from '../../support/call_process.mjs';

export async function startCall(network, configuration = {}) {
  const call = new CallProcess({ binary: `${buildFolder}/parley-call`, namespace: network.box });
  await call.until({ type: 'ready' });
  call.configure(configuration);
  return call;
}
