import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

/** Far beyond what Chromium takes to show anything: a busy machine is no failure. */
const PATIENCE_MS = 120_000;

/** A headless Chromium, the one that an npm package carries; it reaches for nothing on the network by itself. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await driver.launch({
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
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}
