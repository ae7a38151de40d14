// `ok NAME` or `not ok NAME` a test, one after the other; the process ends with 1 when one failed.
// `after` cleans up, whatever happened.
export async function runTests(tests, after = async () => {}) {
  const only = process.argv.slice(2);
  let failures = 0;
  for (const [name, test] of Object.entries(tests)) {
    if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
    try {
      await test();
      console.log(`ok ${name}`);
    } catch (error) {
      failures += 1;
      console.log(`not ok ${name}\n  ${String(error.stack ?? error).replaceAll('\n', '\n  ')}`);
    }
  }
  await after();
  process.exit(failures === 0 ? 0 : 1);
}

/** Asks again until `look` returns something true; its last answer is in the complaint when the time is up. */
export async function eventually(what, look, { seconds = 20, every = 200 } = {}) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
