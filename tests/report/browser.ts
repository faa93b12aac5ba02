import { setTimeout as delay } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

/** Far beyond what Chromium takes to show anything: a busy machine is no failure. */
const PATIENCE_MS = 120_000;
const POLL_MS = 200;

/** A headless Chromium, the one that an npm package carries; it reaches for nothing on the network by itself. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await onceUnpacked(launch);
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}

/** Several test files may start at once: until the first of them has unpacked the browser, it is busy for the others. */
async function onceUnpacked(start: () => Promise<Browser>): Promise<Browser> {
  for (const deadline = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await start();
    } catch (error) {
      if (!String(error).includes('ETXTBSY') || Date.now() > deadline) throw error;
      await delay(POLL_MS);
    }
  }
}

const launch = async (): Promise<Browser> =>
  driver.launch({
    timeout: PATIENCE_MS,
    executablePath: await chromium.executablePath(),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
