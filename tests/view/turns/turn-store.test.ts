import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { turnQuery } from '../../../scripts/view/turns/turn-query.ts';
import { openTurnStore, type TurnStore } from '../../../scripts/view/turns/turn-store.ts';
import { sampleTurns } from '../../report/sample-turns.ts';
import { sampleFolder } from '../sample-folder.ts';

const TURNS = sampleTurns(7, true);
let root: string;
let store: TurnStore;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'fini-harness-turns-'));
  const folder = await sampleFolder(root, 'run');
  store = await openTurnStore(folder, [join(folder, 'turns.ndjson')]);
});
afterAll(async () => {
  await store?.close();
  rmSync(root, { recursive: true, force: true });
});

const page = (query: string) => store.page(turnQuery(new URLSearchParams(query)));
type Sample = (typeof TURNS)[number];

it.each<[string, (turn: Sample) => boolean]>([
  ['', () => true],
  ['show=errors', ({ latencyMs, status }) => latencyMs === null || status !== 200],
  ['show=violations', ({ rule }) => rule !== null],
  ['show=problems', ({ latencyMs, status, rule }) => latencyMs === null || status !== 200 || rule !== null],
  ['rule=cross-talk', ({ rule }) => rule === 'cross-talk'],
  ['conversation=3', ({ conversation }) => conversation === 3],
  ['from=60000&to=120000', ({ atMs }) => atMs >= 60_000 && atMs < 120_000],
])('counts the turns of %j, and puts those with a latency into cells', async (query, keeps) => {
  const { all, matching, grid } = await page(query);
  expect([all, matching]).toEqual([TURNS.length, TURNS.filter(keeps).length]);
  expect(grid.cells.reduce((sum, { turns }) => sum + turns, 0)).toBe(matching);
});

it('has the slowest first, a page at a time', async () => {
  const [first, second] = [await page('page=0'), await page('page=1')];
  const latencies = [...first.turns, ...second.turns].map(({ latencyMs }) => latencyMs ?? 0);
  expect(latencies).toHaveLength(100);
  expect(latencies).toEqual([...latencies].sort((a, b) => b - a));
});

it('leads from each cell to exactly its turns', async () => {
  const { grid } = await page('');
  const cell = [...grid.cells]
    .sort((a, b) => b.turns - a.turns)
    .find(({ row }) => row > 0 && row < grid.levels.length - 2);
  if (cell === undefined) throw new Error('no cell');
  const step = (grid.toMs - grid.fromMs) / grid.columns;
  const [from, to] = [cell.column, cell.column + 1].map((column) => grid.fromMs + column * step);
  const { matching } = await page(
    `from=${from}&to=${to}&least=${grid.levels[cell.row]}&most=${grid.levels[cell.row + 1]}`,
  );
  expect(Math.abs(matching - cell.turns)).toBeLessThanOrEqual(1);
});

it('shows a conversation with its pauses, its answers and the places of its violations', async () => {
  const broken = TURNS.find(({ rule }) => rule === 'response-property-type-changed');
  if (broken === undefined) throw new Error('no violation');
  const { turns } = await store.conversation(broken.conversation);
  const expected = TURNS.filter(({ conversation }) => conversation === broken.conversation);
  expect(turns.map(({ turn }) => turn)).toEqual(expected.map(({ turn }) => turn));
  expect(turns[0]).toMatchObject({ intendedMs: 0, pauseMs: null });
  const turn = turns.find((it) => it.turn === broken.turn);
  expect(turn?.violations).toEqual([
    {
      rule: 'response-property-type-changed',
      class: 'breaking',
      location: '#/responses/200/body/1/createdAt',
      expected: 'type integer, unit ms',
      observed: 'string "2026-11-23T05:50:11Z"',
    },
  ]);
  expect(turn?.skeleton.find(({ marks }) => marks.includes(0))).toMatchObject({ name: 'createdAt', depth: 2 });
});

it('knows no conversation that was not there', async () => {
  await expect(store.conversation(1e9)).rejects.toThrow('This run has no turn of conversation 1000000000.');
});
