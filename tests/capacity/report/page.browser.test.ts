import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Result } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demandOf } from '../../../scripts/capacity/demand/demand.ts';
import { forecastOf } from '../../../scripts/capacity/demand/forecast.ts';
import { renderCapacityPage } from '../../../scripts/capacity/report/page.tsx';
import { launchBrowser } from '../../report/browser.ts';
import { sampleResult } from './sample-result.ts';

describe('the page of a search', () => {
  let browser: Browser;
  let folder: string;
  let axe: string;
  beforeAll(async () => {
    [browser, folder, axe] = await Promise.all([
      launchBrowser(),
      mkdtemp(join(tmpdir(), 'fini-harness-capacity-page-')),
      readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
    ]);
    const result = sampleResult();
    const demand = demandOf({ perMonth: 300_000 }, { peakFactor: 4, growth: 0.05 }, Date.parse(result.createdAt));
    await writeFile(
      join(folder, 'page.html'),
      renderCapacityPage({ ...result, forecast: forecastOf(demand, result.capacity) }),
    );
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['a desk', 1280, 'light', 'wide'],
    ['a phone', 390, 'dark', 'narrow'],
  ] as const)('fits %s, and everybody can read it', async (_, width, colorScheme, drawing) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('pageerror', ({ message }) => wrong.push(message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) wrong.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, 'page.html')).href);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const drawn = await page.evaluate<string[]>(
      `[...document.querySelectorAll('figure')].filter((it) => it.querySelector('.${drawing}').checkVisibility()).map((it) => it.id)`,
    );
    const figures = ['demand-over-time', 'bad-against-rate', 'latency-against-rate', 'throughput-against-concurrency'];
    expect(drawn).toEqual(figures);
    await page.evaluate(axe);
    const violations = await page.evaluate<Result[]>('axe.run().then((found) => found.violations)');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(wrong).toEqual([]);
    await context.close();
  });
});
