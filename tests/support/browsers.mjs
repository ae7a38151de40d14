// Real browsers with a fake camera and microphone, and no network of their own but the test's.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';

const chromiumArguments = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
];

/** A Chromium (playwright's Browser), in this process's network or in another namespace. `browser.close()` ends it. */
export async function launchChromium({ namespace, args = [] } = {}) {
  let executablePath = '/usr/bin/chromium';
  if (namespace) {
    const folder = mkdtempSync(join(tmpdir(), 'parley-chromium-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    // playwright talks to it over pipes, which cross namespaces.
    executablePath = join(folder, 'chromium');
    writeFileSync(executablePath, `#!/bin/sh\nexec ip netns exec ${namespace} /usr/bin/chromium "$@"\n`, { mode: 0o755 });
  }
  return chromium.launch({ executablePath, args: [...chromiumArguments, ...args] });
}

/** A Firefox (puppeteer's Browser, over WebDriver BiDi), in this process's network. `browser.close()` ends it. */
export async function launchFirefox({ prefs = {} } = {}) {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.peerconnection.video.h264_enabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      ...prefs,
    },
  });
}
