// What must not work: a wrong certificate, an answer to something else, hostile candidates, more people than ports.
import { enterNetwork } from '../../support/netns.mjs';
import { launchChromium } from '../../support/browsers.mjs';
import { runTests } from '../../support/report.mjs';
import { startCall } from './call.mjs';
import { Seat } from './seat.mjs';

const network = await enterNetwork(import.meta.url);
const browser = await launchChromium();
const call = await startCall(network, { first_port: 40000, last_port: 40003 });

const failure = (seat, connection) => call.until({ type: 'link', seat, connection, state: 'failed' });
const expectReason = (link, reason) => {
  if (link.reason !== reason) throw new Error(`${JSON.stringify(link)} instead of ${reason}`);
};
let connections = 1000;
const offer = async (seat) => {
  connections += 1;
  return { connection: connections, sdp: await call.connect(seat, connections) };
};

const watcher = await Seat.inChromium(call, 0, browser);
await watcher.join();
await watcher.linked('connected');

await runTests({
  async P5_a_wrong_fingerprint_in_the_answer_gets_no_media() {
    const liar = await Seat.inChromium(call, 1, browser);
    await liar.join({
      change: (sdp) => sdp.replace(/(a=fingerprint:sha-256 )(..)/g, (_all, head, byte) => head + (byte === '00' ? '01' : '00')),
    });
    expectReason(await liar.linked('failed'), 'fingerprint_mismatch');
    const [his, hers] = [await liar.figures(), await watcher.figures()];
    // Whoever is connected is sent empty packets while there is nothing else to send.
    const counts = [...Object.values(his.slots).map((slot) => slot.packets), ...Object.values(hers.slots).map((slot) => slot.bytes)];
    if (counts.some((count) => count > 0)) throw new Error(`media came through: ${counts}`);
    if (call.lines.some((line) => line.type === 'link' && line.seat === 1 && line.state === 'connected')) {
      throw new Error('it was called connected');
    }
    await liar.page.context().close();
  },

  async P5_a_weak_fingerprint_algorithm_is_refused() {
    const weak = await Seat.inChromium(call, 1, browser);
    await weak.join({ change: (sdp) => sdp.replace(/a=fingerprint:.*/g, `a=fingerprint:sha-1 ${Array(20).fill('AB').join(':')}`) });
    expectReason(await weak.linked('failed'), 'sdp_invalid');
    await weak.page.context().close();
  },

  async a_connection_that_finds_no_route_is_given_up() {
    const astray = await Seat.inChromium(call, 1, browser);
    await astray.join({ change: (sdp) => sdp.replace(/(a=ice-pwd:)..../g, '$1AAAA') });
    expectReason(await astray.linked('failed', { seconds: 30 }), 'no_route');
    await astray.page.context().close();
  },

  async answers_that_are_none_are_refused() {
    const good = await watcher.page.evaluate(() => globalThis.answerText());
    const answers = [
      '', 'hello', 'v=0\r\n', `v=0\r\n${'a=x\r\n'.repeat(20000)}`, `v=0\r\n${'m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(8)}`,
      '\u0000\u0001', 'v=0\r\nm=\r\na=\r\na=:\r\n', `${good}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`,
      `v=0\r\na=fingerprint:sha-256 ${'A'.repeat(60000)}\r\n`,
    ];
    for (const sdp of answers) {
      const { connection } = await offer(2);
      call.answer(2, connection, sdp);
      expectReason(await failure(2, connection), 'sdp_invalid');
    }
  },

  async hostile_candidates_and_late_words_are_ignored() {
    const { connection } = await offer(2);
    const candidates = [
      '', 'candidate:', 'x', 'candidate:1 1 udp 1 somewhere.local 5000 typ host', 'candidate:1 1 udp 1 example.com 1 typ host',
      'candidate:1 1 udp 99999999999999 10.0.0.1 1 typ host', 'candidate:1 1 udp 1 10.0.0.1 99999 typ host',
      `candidate:${'9'.repeat(100000)} 1 udp 1 10.0.0.1 1 typ host`, 'candidate:1 1 udp 1 10.0.0.1 9 typ host\r\na=fingerprint:x',
    ];
    for (const candidate of candidates) call.send({ type: 'candidate', seat: 2, connection, mline: 0, candidate });
    call.answer(3, 77, 'v=0\r\n');
    call.send({ type: 'candidate', seat: 3, connection: 77, mline: 9, candidate: candidates[3] });
    call.disconnect(2);
    await call.until({ type: 'heartbeat' }, { from: call.lines.length });
  },

  async more_connections_than_ports_are_answered_at_once() {
    const tried = [1, 2, 3].map((seat) => ({ seat, connection: ++connections }));
    // Two more than the slice can bear: the first attempt of every seat is started over at once.
    for (const round of [0, 1]) {
      for (const one of tried) call.send({ type: 'connect', seat: one.seat, connection: one.connection + round * 100 });
    }
    const links = await Promise.any(
      tried.flatMap(({ seat, connection }) => [failure(seat, connection), failure(seat, connection + 100)]),
    );
    expectReason(links, 'internal');
    for (const { seat } of tried) call.disconnect(seat);
    await call.until({ type: 'heartbeat' }, { from: call.lines.length });
    const { sdp } = await offer(1);
    if (!sdp.startsWith('v=0')) throw new Error('no offer afterwards');
  },

  async a_line_that_is_no_message_ends_the_process() {
    call.send({ type: 'connect', seat: 4, connection: 1 });
    if ((await call.ended) !== 0) throw new Error('it did not end in order');
  },
}, () => browser.close());
