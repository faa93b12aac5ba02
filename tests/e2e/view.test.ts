import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Result as AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startView, type View } from '../../scripts/view/server/start-view.ts';
import { launchBrowser } from '../report/browser.ts';
import { environmentFor, fini, scratch, server, until, writeConfig } from './support.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PHONE = 390;

/** A run that ends in order and one that is killed, as a browser sees them. */
describe.runIf(process.platform === 'linux')('view', async () => {
  const reference = await server({ faults: { 'status-500': 0.1 } });
  const cwd = scratch();
  const results = join(cwd, 'results');
  let view: View;
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await view?.close();
  });

  const config = writeConfig(cwd, { thinkTime: { law: 'constant', mean: '100ms' }, timeout: '5s' });
  const start = (name: string, duration: string) =>
    fini(
      [
        'run',
        'load',
        '--rate',
        '8',
        '--duration',
        duration,
        '--config',
        config,
        '--out',
        join(results, name),
        '--keep-texts',
        '100',
        '--quiet',
      ],
      {
        env: environmentFor(reference),
        cwd,
      },
    );
  const go = (path: string) => page.goto(`${new URL(view.url).origin}/#/${path}`);
  const number = async (fact: string): Promise<number> =>
    Number.parseInt((await page.locator(`[data-fact="${fact}"]`).textContent()) ?? '', 10);

  it('shows a run that appears, moves and ends', async () => {
    // As long as it takes to look at it, and to fail a turn.
    const run = start('ends', '200s');
    const before = reference.truth().turns.received;
    await until(() => reference.truth().turns.received > before, 'the run has sent a turn');
    view = await startView({ folder: results, memory: cwd, redact: (it) => it });
    page = await (await browser.newContext()).newPage();
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(view.url);
    await page.locator('tr[data-run="ends"] a').click();
    await page.locator('[data-state="running"]').waitFor();
    const first = await number('Turns sent');
    await expect.poll(() => number('Turns sent'), { timeout: 120_000 }).toBeGreaterThan(first);
    const ledger = join(results, 'ends', 'turns.ndjson');
    await until(() => readFileSync(ledger, 'utf8').includes('"status":500'), 'a turn has failed');
    run.kill('SIGINT');
    await run;
    await page.locator('iframe').waitFor();
    expect(await page.locator('h1').textContent()).toMatch(/Fail|Pass|No evidence/);
    expect(await page.frameLocator('iframe').locator('h1').textContent()).toMatch(/Fail|Pass|No evidence/);
  });

  it('says that a run was killed', async () => {
    const before = reference.truth().turns.received;
    const run = start('killed', '60s');
    await until(() => reference.truth().turns.received > before + 5, 'the run has sent turns');
    process.kill(run.pid ?? 0, 'SIGKILL');
    await run;
    await go('run?run=killed');
    await page.locator('[data-state="killed"]').waitFor();
    expect(await page.locator('[role="status"]').textContent()).toContain(
      'This run was killed: its process no longer exists',
    );
    expect(await number('Turns sent')).toBeGreaterThan(5);
    await go('runs');
    await page.locator('tr[data-run="killed"] .killed').waitFor();
  });

  it('leads from a failed turn to its conversation, by an address that can be kept', async () => {
    await go('turns?run=ends&show=errors');
    await page.locator('tbody tr:has(td.fail:text-is("500")) a').first().click();
    await page.locator('details[open] .fail').first().waitFor();
    const kept = page.url();
    const other = await page.context().newPage();
    await other.goto(kept);
    // Of a short conversation all turns are open: the address says which of them it is about.
    const turn = new URLSearchParams(kept.split('?')[1]).get('turn');
    const chosen = other.locator(`details[open][data-turn="${turn}"]`).first();
    await chosen.locator('.fail').first().waitFor();
    expect(await chosen.locator('summary').textContent()).toContain(`Turn ${turn}, user: 500`);
    // What was said is in it, of a run that has ended and of one that was killed.
    await chosen.locator('figcaption:has-text("Sent, redacted")').waitFor();
    await other.goto(kept.replace('run=ends', 'run=killed').replace(/conversation=\d+/, 'conversation=0'));
    await other.locator('pre:has-text("\\"content\\":")').first().waitFor({ state: 'attached' });
    await other.close();
  });

  it('can be searched, and shows two runs side by side', async () => {
    await go('runs');
    await page.locator('input[type="search"]').fill('killed');
    await page.locator('tr[data-run="ends"]').waitFor({ state: 'detached' });
    await go('compare?baseline=ends&candidate=ends');
    await page.getByRole('rowheader', { name: 'turns sent' }).waitFor();
  });

  it.each(['light', 'dark'] as const)('is accessible and fits a phone, %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: PHONE, height: 800 });
    for (const path of [
      'runs',
      'run?run=killed',
      'turns?run=ends',
      'conversation?run=ends&conversation=1',
      'compare?baseline=ends&candidate=ends',
    ]) {
      await go(path);
      await page.locator('h1').waitFor();
      await page.locator('table, details, dl').first().waitFor();
      await page.evaluate(await readFile(axe, 'utf8'));
      const { violations } = (await page.evaluate('axe.run({ iframes: false })')) as { violations: AxeResults[] };
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect([path, grave.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([path, []]);
      expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
        0,
      );
    }
  });

  it('reaches the first run by keyboard, past a link to the content', async () => {
    await go('runs');
    await page.reload();
    await page.locator('tr[data-run] a').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.tagName')).toMatch(/^(BUTTON|INPUT|A)$/);
    await page.locator('tr[data-run="ends"] a').focus();
    await page.keyboard.press('Enter');
    await page.locator('h1:has-text("Fail"), h1:has-text("Pass"), h1:has-text("No evidence")').waitFor();
  });

  it('shows 200 runs, and older ones when asked', async () => {
    for (let copy = 0; copy < 201; copy += 1) {
      await mkdir(join(results, `copy-${copy}`));
      await cp(join(results, 'killed', 'run.json'), join(results, `copy-${copy}`, 'run.json'));
    }
    await go('runs');
    await page.getByText('3 older runs are not shown.').waitFor();
    expect(await page.locator('tr[data-run]').count()).toBe(200);
    await page.getByRole('button', { name: 'Show 3 more' }).click();
    await page.locator('tr[data-run]').nth(202).waitFor();
    expect(await page.getByText('not shown').count()).toBe(0);
  });

  it('asks nobody but its own server', () => {
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((url) => new URL(url).origin !== new URL(view.url).origin && !url.startsWith('data:'))).toEqual(
      [],
    );
  });
});
