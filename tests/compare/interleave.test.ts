import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type PairsOptions, planPairs } from '../../scripts/compare/interleave/plan-pairs.ts';
import { renderPairs, totalTurns } from '../../scripts/compare/interleave/render-pairs.ts';
import { slotsOf } from '../../scripts/compare/interleave/slots.ts';
import { main } from '../../scripts/main.ts';
import { plannedSample } from '../../scripts/run/plan/planned-sample.ts';
import { recordedIo } from '../io.ts';

const cwd = mkdtempSync(join(tmpdir(), 'fini-harness-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const write = (name: string, config: object): string => {
  writeFileSync(join(cwd, name), JSON.stringify(config));
  return name;
};
write('fini-harness.config.json', { rate: 2, price: { perTurn: 0.1 }, continuation: { strategy: 'single' } });
const threaded = write('threaded.json', { continuation: { strategy: 'discover' } });
const a = write('a.json', { botId: 'agent-a' });
const b = write('b.json', { botId: 'agent-b' });
const later = write('later.json', { timeout: '5s' });
const strange = write('strange.json', { bot: 'agent-b' });

const ENV = { FINI_API_KEY: 'fini_test_key_of_nobody', FINI_BOT_ID: 'common' };
const options = (over: Partial<PairsOptions> = {}): PairsOptions => ({
  sources: { baseline: a, candidate: b },
  pairs: 4,
  scenario: 'load',
  flags: {},
  embedded: false,
  build: false,
  ...over,
});
const plan = (over?: Partial<PairsOptions>) => planPairs(options(over), recordedIo({ env: ENV, cwd }));

describe('planPairs', () => {
  it('sends the same turns at the same times to both arms of a pair, and others in each pair', async () => {
    const { runs } = await plan();
    const said = runs.map(({ pair, arm, plan: it }) => ({
      pair,
      arm,
      bot: it.target.botId,
      seed: it.seed,
      sent: JSON.stringify([it.schedule, it.turns]),
    }));
    expect(said.map(({ bot, arm }) => `${arm} ${bot}`)).toEqual(
      slotsOf(4).map(({ arm }) => `${arm} agent-${arm === 'baseline' ? 'a' : 'b'}`),
    );
    for (const pair of [1, 2, 3, 4]) {
      const [one, other] = said.filter((run) => run.pair === pair);
      expect([one?.sent, one?.seed]).toEqual([other?.sent, pair]);
    }
    expect(new Set(said.map(({ sent }) => sent)).size).toBe(4);
  });

  it.each<[string, { duration?: string; maxTurns?: number }, number, number, number]>([
    ['runs just long enough', {}, 54, 80, 100],
    ['runs as long as they are said to be', { duration: '2m' }, 27, 150, 230],
    ['fewer pairs, within the limit for all', { maxTurns: 2_600 }, 12, 80, 100],
  ])('in stages: %s', async (_, flags, most, least, longest) => {
    const { pairs, runs, stages } = await plan({ pairs: 'auto', tolerance: 0.2, flags });
    expect(stages).toEqual({ tolerance: 0.2 });
    expect(runs.length).toBe(2 * pairs);
    expect(pairs).toBeLessThanOrEqual(most);
    expect(pairs).toBeGreaterThanOrEqual(12);
    const [first] = runs.map(({ plan: it }) => plannedSample(it) ?? 0);
    expect(first).toBeGreaterThanOrEqual(least);
    expect(first).toBeLessThanOrEqual(longest);
    if (flags.maxTurns !== undefined) expect(totalTurns(runs)).toBeLessThanOrEqual(flags.maxTurns);
  });

  it.each([0.5, 2, 4])(
    'in stages: each run is long enough at %d conversations a second, whatever its seed',
    async (rate) => {
      // Threaded conversations outlast a short window, each in its own way.
      const { runs } = await plan({ pairs: 'auto', config: threaded, flags: { rate } });
      expect(Math.min(...runs.map(({ plan: it }) => plannedSample(it) ?? 0))).toBeGreaterThanOrEqual(59);
    },
  );

  it('in stages: says that it may end early', async () => {
    const text = renderPairs(await plan({ pairs: 'auto' }));
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /5\d pairs in the order (ABBA BAAB ){3}\.\.\., at most: compared after each pair, until decided/,
    );
  });

  it('takes base URLs, with the common agent', async () => {
    const { runs } = await plan({ sources: { baseline: 'https://one.example', candidate: 'https://two.example/' } });
    expect(new Set(runs.map(({ plan: { target } }) => `${target.baseUrl} ${target.botId}`))).toEqual(
      new Set(['https://one.example common', 'https://two.example common']),
    );
  });

  it('holds all runs together to a limit on turns or cost', async () => {
    const { runs } = await plan({ flags: { maxTurns: 803 } });
    expect(totalTurns(runs)).toBe(800);
    expect(renderPairs(await plan({ flags: { maxCost: 80 } }))).toContain('at most 80.00 USD');
  });

  it.each([
    ['another load', { sources: { baseline: a, candidate: later } }, 'would differ in timeoutMs'],
    ['an unknown key', { sources: { baseline: a, candidate: strange } }, 'strange.json'],
    ['no such file', { sources: { baseline: a, candidate: 'none.json' } }, 'cannot read the configuration none.json'],
    ['too short', { flags: { duration: '20s' } }, 'a p95 needs 59'],
    [
      'too few turns for looks',
      { pairs: 'auto' as const, flags: { maxTurns: 1_000 } },
      '--interleave auto needs 12 pairs',
    ],
    ['too few turns', { flags: { maxTurns: 7 } }, 'not one for each of 8 runs'],
  ])('refuses %s', async (_, over, message) => {
    await expect(plan(over)).rejects.toThrow(message);
  });

  it('is told with turns, price and time', async () => {
    const planned = await plan({ pairs: 2, flags: { maxTurns: 1_200 } });
    const text = renderPairs(planned);
    expect(text).toContain('baseline   https://api-prod.usefini.com, bot agent-a');
    expect(text).toContain('4 of load, 2 pairs in the order ABBA\n');
    expect(text).toContain('at most 1,200, 1,188 of them by users');
    expect(text).toContain('at most 118.80 USD');
    expect(text).toMatch(/takes +10 min/);
    expect(text).toContain('with 10 pairs of 600 measured user turns; this is 2 of about');
  });

  it.each([
    [3, 'ABBA BA'],
    [6, 'ABBA BAAB ABBA'],
    [10, 'ABBA BAAB ABBA BAAB ABBA'],
    [20, 'ABBA BAAB ABBA BAAB ABBA BAAB ...'],
  ])('shows the order in which the runs of %i pairs are made', async (pairs, order) => {
    const planned = await plan({ pairs });
    expect(renderPairs(planned)).toContain(`${2 * pairs} of load, ${pairs} pairs in the order ${order}\n`);
    const made = planned.runs.map(({ arm }) => (arm === 'baseline' ? 'A' : 'B')).join('');
    expect(made.startsWith(order.replaceAll(/[ .]/g, ''))).toBe(true);
  });

  it('says where both arms are the same', async () => {
    expect(renderPairs(await plan({ sources: { baseline: a, candidate: a } }))).toContain('Both sides are the same');
  });
});

describe('compare --interleave', () => {
  const cli = async (...argv: string[]) => {
    const io = recordedIo({ cwd, env: ENV });
    const code = await main(['compare', ...argv], io);
    return { code, ...io.said() };
  };

  it('--plan sends nothing', async () => {
    const { code, out } = await cli('--interleave', '3', a, b, '--plan', '--no-build');
    expect(code).toBe(0);
    expect(out).toContain('6 of load, 3 pairs');
  });

  it.each([
    [['--interleave', '3', a, b, '--no-build'], 7, '--confirm-target api-prod.usefini.com'],
    [
      [
        '--interleave',
        '3',
        'https://one.example',
        'https://two.example',
        '--no-build',
        '--confirm-target',
        'one.example',
      ],
      7,
      '--confirm-target two.example',
    ],
    [['--interleave', '3', 'http://one.example', 'http://one.example', '--no-build'], 7, 'in clear text'],
    [['--interleave', a, b], 2, '--interleave takes a number of pairs from 2 to 100, or auto, got a.json'],
    [['--interleave', '1', a, b], 2, 'from 2 to 100'],
    [['--interleave', '3', a], 2, 'name a configuration file or a base URL for each'],
    [['--interleave', '3', a, b, b], 2, 'name a configuration file or a base URL for each'],
    [['--resume', 'nowhere', '--no-build'], 2, 'contains no interleaved comparison'],
    [['--resume', 'nowhere', a, b], 2, 'omit baseline and candidate'],
    [['--interleave', '3', a, b, '--scenario', 'lod', '--no-build'], 2, 'did you mean load?'],
  ])('%j is refused', async (argv, exitCode, message) => {
    const { code, err } = await cli(...argv);
    expect(err).toContain(message);
    expect(code).toBe(exitCode);
  });
});
