import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { showProgress, watchLedger } from '../../scripts/run/progress.ts';
import { recordedIo } from '../io.ts';
import { plan, sent } from './made-progress.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'progress-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('tells what is there when it ends, and shows it in a line', async () => {
  const path = join(folder, 'watched.ndjson');
  const over = new AbortController();
  const seen: number[] = [];
  const watch = watchLedger(path, { everyMs: 5, signal: over.signal, onSnapshot: (it) => seen.push(it.sent) });
  await vi.waitFor(() => expect(seen).toContain(0));
  await writeFile(path, `${JSON.stringify(sent(0))}\n`);
  await vi.waitFor(() => expect(seen).toContain(1));
  await appendFile(path, `${JSON.stringify(sent(1))}\n`);
  over.abort();
  await watch;
  expect(seen.at(-1)).toBe(2);
});

test.each([
  ['a terminal', true, / {2}turns +1 sent of at most 2,400,/],
  [
    'a log',
    false,
    /^starting: 0 sent of .*\n(starting|drain .*): 1 sent of at most 2,400, 0 settled, 1 in flight;.*\n$/,
  ],
])('%s', async (_name, interactive, shown) => {
  const path = join(folder, `shown-${interactive}.ndjson`);
  const io = recordedIo({ interactive, env: { NO_COLOR: '1' } });
  const progress = showProgress(path, plan, { io, quiet: false });
  await vi.waitFor(() => expect(io.said().err).toContain('starting'));
  await writeFile(path, `${JSON.stringify(sent(0))}\n`);
  await progress.stop();
  expect(io.said().err).toMatch(shown);
  expect(io.said().out).toBe('');
});

test('quiet: nothing', async () => {
  const io = recordedIo({ interactive: true });
  await showProgress(join(folder, 'none'), plan, { io, quiet: true }).stop();
  expect(io.said()).toEqual({ out: '', err: '' });
});
