// A machine whose GStreamer is not as relied upon: the call process says so and refuses to start.
import { execFileSync } from 'node:child_process';
import { buildFolder } from '../support/build.mjs';
import { CallProcess } from '../support/call_process.mjs';
import { enterNetwork } from '../support/netns.mjs';
import { runTests } from '../support/report.mjs';

const network = await enterNetwork(import.meta.url);
const binary = `${buildFolder}/parley-call`;
const plugins = execFileSync('pkg-config', ['--variable=pluginsdir', 'gstreamer-1.0']).toString().trim();
// `ip netns exec` gives the process mounts of its own, so nobody else misses the file.
const start = (plugin) =>
  new CallProcess({ binary, namespace: network.box, before: `mount --bind /dev/null ${plugins}/libgst${plugin}.so` });

await runTests({
  async a_machine_that_is_as_expected_passes_the_self_check() {
    const said = execFileSync(binary, ['--self-check']).toString();
    if (!said.includes('everything is as expected')) throw new Error(said);
  },

  async a_missing_plugin_is_named_and_the_process_ends_with_3() {
    for (const plugin of ['webrtc', 'nice', 'dtls', 'srtp', 'rtpmanager']) {
      const call = start(plugin);
      const { sentence } = await call.until({ type: 'unfit' });
      if (!sentence.includes(plugin)) throw new Error(sentence);
      if ((await call.ended) !== 3) throw new Error(`it ended with ${await call.ended}`);
    }
  },
});
