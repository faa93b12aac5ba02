import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Result } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHistoryHtml } from '../../scripts/compare/history/report/page.tsx';
import { renderComparisonHtml } from '../../scripts/compare/report/page.tsx';
import { renderHtml } from '../../scripts/report/html.tsx';
import { renderJunit } from '../../scripts/report/junit.ts';
import { renderComparisonPage } from '../../scripts/workload/report/page.tsx';
import { compareModels } from '../../scripts/workload/shape/compare-models.ts';
import { describeModel } from '../../scripts/workload/shape/describe-model.ts';
import type { WorkloadModel } from '../../scripts/workload/shape/read-model.ts';
import { madeArrivals, madeScripts } from '../workload/made-model.ts';
import { launchBrowser } from './browser.ts';
import { sampleModel } from './sample-model.ts';
import { sampleComparison, sampleHistory } from './sample-runs.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PHONE = 390;
const DESK = 1280;

let folder: string;
let file: string;
const others = new Map<string, string>();
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fini-harness-page-'));
  file = join(folder, 'report.html');
  await writeFile(file, renderHtml(await sampleModel('failing')));
  for (const [name, html] of [
    ['comparison', renderComparisonHtml(sampleComparison(1.12))],
    ['history', renderHistoryHtml(sampleHistory())],
    ['workload comparison', workloadComparison()],
  ] as const) {
    others.set(name, join(folder, `${name}.html`));
    await writeFile(join(folder, `${name}.html`), html);
  }
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

function workloadComparison(): string {
  const model = (name: string, german: number): WorkloadModel => ({
    ...{ name, scripts: madeScripts(1, { german }), arrivals: madeArrivals(1, (hour) => 1 + (hour % 24)) },
  });
  const [a, b] = [model('before', 0.3), model('after', 0.7)];
  return renderComparisonPage(compareModels(a, b), [describeModel(a), describeModel(b)]);
}

interface Visit {
  /** Path of the page; that of a run without it. */
  readonly path?: string | undefined;
  readonly width: number;
  readonly scheme?: 'light' | 'dark';
}

async function visit<T>({ path = file, width, scheme = 'light' }: Visit, look: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(path).href);
    return await look(page);
  } finally {
    await context.close();
  }
}

/** Findings of axe that keep somebody from reading the page. */
async function graveFindings(where: Visit) {
  const found = await visit(where, async (page) => {
    await page.addScriptTag({ content: await readFile(axe, 'utf8') });
    return page.evaluate('axe.run()') as Promise<{ violations: Result[]; passes: Result[] }>;
  });
  expect(found.passes.map(({ id }) => id)).toContain('color-contrast');
  const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]);
}

async function sidewaysScroll(where: Visit): Promise<number> {
  return visit(where, (page) =>
    page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  );
}

describe.each([
  { width: PHONE, scheme: 'light' },
  { width: PHONE, scheme: 'dark' },
  { width: DESK, scheme: 'light' },
  { width: DESK, scheme: 'dark' },
] as const)('the page at $width px, $scheme', ({ width, scheme }) => {
  it('has no accessibility finding of weight', async () => {
    expect(await graveFindings({ width, scheme })).toEqual([]);
  });

  it('does not scroll sideways', async () => {
    expect(await sidewaysScroll({ width, scheme })).toBe(0);
  });

  it('paints its figures in its scheme', async () => {
    const [paper, line] = await visit({ width, scheme }, (page) =>
      page.evaluate<[string, string]>(`(() => {
        const mark = [...document.querySelectorAll('#latency-over-time .s-p50')].find((it) => it.checkVisibility());
        return [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(mark).stroke];
      })()`),
    );
    expect([paper, line]).toEqual(
      scheme === 'light' ? ['rgb(252, 251, 248)', 'rgb(11, 79, 84)'] : ['rgb(20, 22, 26)', 'rgb(201, 239, 233)'],
    );
  });
});

describe.each([
  { name: 'comparison', width: PHONE, scheme: 'dark' },
  { name: 'comparison', width: DESK, scheme: 'light' },
  { name: 'workload comparison', width: PHONE, scheme: 'dark' },
  { name: 'workload comparison', width: DESK, scheme: 'light' },
  { name: 'history', width: PHONE, scheme: 'light' },
  { name: 'history', width: DESK, scheme: 'dark' },
] as const)('the page of a $name at $width px, $scheme', ({ name, width, scheme }) => {
  it('can be read by everybody and does not scroll sideways', async () => {
    const where = { path: others.get(name), width, scheme };
    expect([await graveFindings(where), await sidewaysScroll(where)]).toEqual([[], 0]);
  });
});

describe('the page', () => {
  it('shows one drawing of each figure, the one for the width', async () => {
    const visible = (width: number) =>
      visit({ width }, (page) =>
        page.evaluate<string[]>(
          `[...new Set([...document.querySelectorAll('figure > div')].filter((it) => it.checkVisibility()).map((it) => it.className))]`,
        ),
      );
    expect([await visible(PHONE), await visible(DESK)]).toEqual([['narrow'], ['wide']]);
  });

  it('asks for nothing but itself and runs no script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: true });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    expect(asked).toEqual([pathToFileURL(file).href]);
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    await context.close();
  });

  it('has a JUnit file beside it that is well-formed XML', async () => {
    const xml = renderJunit(await sampleModel('failing'));
    const root = await visit({ width: DESK }, (page) =>
      page.evaluate<string>(
        `new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml').documentElement.localName`,
      ),
    );
    expect(root).toBe('testsuites');
  });

  it('leads from a mark to its row', async () => {
    const marked = await visit({ width: DESK }, async (page) => {
      await page.locator('#latency-over-time .wide a').first().click();
      return page.evaluate<string>(`document.querySelector(':target').textContent`);
    });
    expect(marked).toMatch(/conversation \d+, turn \d+/);
  });

  it('prints on paper in dark colours', async () => {
    const ink = await visit({ width: DESK, scheme: 'dark' }, async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      return page.evaluate<string>('getComputedStyle(document.documentElement).color');
    });
    expect(ink).toBe('rgb(27, 29, 32)');
  });

  it('can be read where a policy blocks its styles', async () => {
    const strict = join(folder, 'strict.html');
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;
    await writeFile(strict, (await readFile(file, 'utf8')).replace('<head>', `<head>${policy}`));
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(pathToFileURL(strict).href);
    const [stroke, drawings] = await page.evaluate<[string, number]>(`[
      getComputedStyle(document.querySelector('#latency-over-time .s-p50')).stroke,
      [...document.querySelectorAll('figure > div')].filter((it) => it.checkVisibility()).length,
    ]`);
    await context.close();
    expect([stroke, drawings]).toEqual(['rgb(11, 79, 84)', 11]);
  });
});
