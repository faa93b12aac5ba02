import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import Ajv from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import schema from '../../contracts/files/workload-comparison.schema.json' with { type: 'json' };
import { main } from '../../scripts/main.ts';
import { recordedIo } from '../io.ts';
import { madeArrivals, madeScripts } from './made-model.ts';

const cwd = mkdtempSync(join(tmpdir(), 'show-'));

async function run(...args: string[]) {
  const io = recordedIo({ cwd });
  const code = await main(['workload', ...args], io);
  return { code, ...io.said() };
}

const widest = (out: string): number =>
  Math.max(
    ...stripVTControlCharacters(out)
      .split('\n')
      .map((line) => [...line].length),
  );

beforeAll(() => {
  for (const [name, german] of [
    ['before', 0.3],
    ['after', 0.7],
  ] as const) {
    mkdirSync(join(cwd, name));
    const lines = madeScripts(1, { german }).map((script) => `${JSON.stringify(script)}\n`);
    writeFileSync(join(cwd, name, 'workload.jsonl'), lines.join(''));
    writeFileSync(join(cwd, name, 'arrivals.json'), JSON.stringify(madeArrivals(1, (hour) => 1 + (hour % 24))));
  }
  writeFileSync(join(cwd, 'broken.json'), '{"version":1}');
  mkdirSync(join(cwd, 'empty'));
});

describe('workload show', () => {
  it('shows every distribution in 80 columns, and as a page with figures', async () => {
    const { code, out } = await run('show', 'before', '--html', 'page.html');
    expect(code).toBe(0);
    const titles = ['Turns per conversation', 'Pause before a turn', 'Characters per message', 'Languages', 'Roles'];
    for (const title of [...titles, 'Channels']) expect(out).toContain(title);
    expect(out).toMatch(/Sun {2}\S{24}\n/);
    expect(widest(out)).toBeLessThanOrEqual(80);
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    expect(page.match(/<figure /g)).toHaveLength(7);
    for (const id of ['turns', 'pauses', 'lengths', 'languages', 'roles', 'channels', 'week']) {
      expect(page).toContain(`<figure id="${id}"`);
    }
    expect(page).not.toMatch(/NaN|undefined|<script/);
  });

  it.each([
    [['before/arrivals.json'], 'Sun'],
    [['before/workload.jsonl'], 'Languages'],
    [['built-in'], 'Languages'],
  ])('takes %j', async (args, shown) => {
    expect(await run('show', ...args)).toMatchObject({ code: 0, out: expect.stringContaining(shown) });
  });
});

describe('workload diff', () => {
  it('says which distributions differ, by its exit code too', async () => {
    expect(await run('diff', 'before', 'before')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No difference'),
    });
    const { code, out } = await run('diff', 'before', 'after');
    expect(code).toBe(5);
    expect(out).toContain('1 of 7 distributions differs');
    expect(out).toMatch(/✕\S* +Languages +de 29\.5% +de 64\.5% +0\.350 +0\.0\d\d/);
    expect(widest(out)).toBeLessThanOrEqual(80);
    expect(await run('diff', 'before', 'after/arrivals.json')).toMatchObject({ code: 0 });
    expect(await run('diff', 'before/workload.jsonl', 'after/arrivals.json')).toMatchObject({ code: 6 });
  });

  it('is JSON by its schema, Markdown, and a page with a figure of each distribution', async () => {
    const { code, out } = await run('diff', 'before', 'after', '--json', '--html', 'diff.html');
    expect(code).toBe(5);
    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    const page = readFileSync(join(cwd, 'diff.html'), 'utf8');
    for (const id of ['turns', 'pauses', 'lengths', 'languages', 'roles', 'channels', 'week-a', 'week-b']) {
      expect(page).toContain(`<figure id="${id}"`);
    }
    expect(page).toContain('1 of 7 distributions differs');
    expect(page).toMatch(/de differs most: 29\.5% in A, 64\.5% in B/);
    expect(page).not.toMatch(/NaN|undefined|<script/);
    const markdown = await run('diff', 'before', 'after', '--markdown');
    expect(markdown.out).toMatch(/\| ✕ differs *\| Languages *\| de 29\.5%/);
    expect(markdown.out).toContain('A is `before`, B is `after`.');
  });

  it('has a page where nothing could be compared', async () => {
    const args = ['diff', 'before/workload.jsonl', 'after/arrivals.json', '--html', 'nothing.html'];
    expect(await run(...args)).toMatchObject({ code: 6 });
    const page = readFileSync(join(cwd, 'nothing.html'), 'utf8');
    expect(page).toContain('Nothing could be compared');
    expect(page).not.toMatch(/NaN|undefined/);
  });

  it.each([
    [['show'], 'workload show takes a model'],
    [['diff', 'before'], 'workload diff takes two models'],
    [['learn', 'before'], 'workload learn takes nothing'],
    [['show', 'nowhere'], 'there is no nowhere'],
    [['show', 'empty'], 'empty contains no workload.jsonl'],
    [['show', 'broken.json'], 'broken.json is not an arrivals.json'],
    [['show', 'page.html'], 'page.html:1'],
    [['show', 'before', '--markdown'], '--markdown: workload diff has it'],
    [['diff', 'before', 'after', '--html', 'no/such/x.html'], 'cannot write the page'],
  ])('%j ends with exit code 2', async (args, message) => {
    expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});
