import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  listDrifts,
  listFaults,
  type OperatorInfo,
  type ReferenceServer,
  startReferenceServer,
} from '../../scripts/reference-server/index.ts';
import { events, turn } from './client.ts';
import { STOPS, type StopName, stopAt, stopsFor, visit } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer({ service: { law: 'exponential', meanMs: 0.1 } });
});
afterAll(() => server.close(0));

/** The documented sample of contract changes. */
const SAMPLE = `
  M001 M004 M007 M010 M013 M016 M019 M022 M025 M028 M031 M034 M037 M040 M043 M046 M049 M052 M055 M058 M061 M064 M067
  M070 M073 M076 M079 M082 M085 M088 M091 M094 M097 M100 M103 M106 M109 M112 M115 M118 M121 M124 M127 M130 M133 M136
  M139 M142 M145 M148 M151 M154 M157 M160 M163 M166 M169 M172 M175 M178 M181 M184 M187 M190 M193 M196 M199 M202 M205
  M208 M211 M214 M217`
  .trim()
  .split(/\s+/);

describe('the tables', () => {
  it('hold every drift of the sample and every legal variation, each once', () => {
    const ids = listDrifts().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const legal = Array.from({ length: 42 }, (_, index) => `L${String(index + 1).padStart(2, '0')}`);
    expect(SAMPLE).toHaveLength(73);
    expect(ids).toEqual(expect.arrayContaining([...SAMPLE, ...legal]));
  });

  it('are the ones that the documentation lists', () => {
    const page = readFileSync(new URL('../../docs/reference-server.md', import.meta.url), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    const row = ({ id, title, on }: OperatorInfo) => `| \`${id}\` | ${title} | ${on.join(', ')} |`;
    for (const operator of [...listDrifts(), ...listFaults()]) expect(rows).toContain(row(operator));
  });
});

/** No answer comes whole with these. */
const BREAKING = new Set(['body-short', 'chunk-cut', 'body-reset']);
/** Two turns must meet for these, or chance must strike. */
const RARE = new Set(['answers-swapped', 'M193', 'M181', 'M217']);
const acting = listDrifts().filter(({ id, on }) => on.length > 0 && !RARE.has(id));

const names = Object.keys(STOPS) as StopName[];

describe('a drift at rate 1', () => {
  it.each(acting.map(({ id, on }) => ({ id, on })))('$id acts on its kinds only', async ({ id, on }) => {
    const where = await visit(server);
    server.configure({ drifts: { [id]: 1 } });
    for (const name of stopsFor(on)) {
      const answer = stopAt(name, where);
      await (BREAKING.has(id) ? answer.catch(() => undefined) : answer);
    }
    expect(server.truth().operators).toEqual({ [id]: expect.any(Number) });
  });

  it('of user turns leaves everything else alone', async () => {
    const elsewhere = names.filter((name) => !stopsFor(['U', 'C', 'T']).includes(name));
    const statuses = async (drifts: Record<string, number>): Promise<number[]> => {
      const where = await visit(server);
      server.configure({ drifts });
      const answers: number[] = [];
      for (const name of elsewhere) answers.push((await stopAt(name, where)).status);
      return answers;
    };
    const ofUserTurns = acting.filter(({ on }) => on.every((kind) => kind === 'U' || kind === 'K'));
    const all = Object.fromEntries(ofUserTurns.map(({ id }) => [id, 1]));
    expect(await statuses(all)).toEqual(await statuses({}));
  });
});

describe('several drifts at once', () => {
  // Those that keep a connection open need a client that gives up.
  const silent = new Set(['silence', 'stalled-body', 'trickle', 'late', 'oversized-body', 'answers-swapped']);
  const drifts = fc.constantFrom(
    ...listDrifts()
      .map(({ id }) => id)
      .filter((id) => !silent.has(id)),
  );
  const faults = fc.constantFrom(
    ...listFaults()
      .map(({ id }) => id)
      .filter((id) => !silent.has(id)),
  );

  it('never break the server itself', async () => {
    const rates = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, 1]));
    await fc.assert(
      fc.asyncProperty(
        fc.array(drifts, { minLength: 1, maxLength: 3 }),
        fc.array(faults, { maxLength: 1 }),
        async (some, fault) => {
          const where = await visit(server);
          server.configure({ drifts: rates(some), faults: rates(fault) });
          for (const name of names) await stopAt(name, where).catch(() => undefined);
          expect(server.truth().internalErrors).toBe(0);
          expect(server.truth().turns.open).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('chance', () => {
  const drifts = { M046: 0.3, 'role-case': 0.5 };
  const shapes = async (seed: number, more: Record<string, number> = {}): Promise<string[]> => {
    server.configure({ seed, faults: null, drifts: { ...drifts, ...more } });
    server.reset();
    const answers = [];
    for (let index = 0; index < 200; index++) answers.push(await turn(server));
    return answers.map((answer) =>
      events(answer)
        .map(({ type, role }) => `${type} ${role}`)
        .join(),
    );
  };

  it('is the same for a seed, whatever else is on, and keeps to the rate', async () => {
    const first = await shapes(7);
    expect(await shapes(7)).toEqual(first);
    expect(await shapes(7, { L09: 0.5, M133: 1 })).toEqual(first);
    expect(await shapes(8)).not.toEqual(first);
    const texts = first.filter((shape) => shape.includes('text')).length;
    // Binomial(200, 0.3): beyond these once in 10,000.
    expect(texts).toBeGreaterThan(36);
    expect(texts).toBeLessThan(86);
  });

  it('never strikes at rate 0', async () => {
    await shapes(7, { M046: 0, 'role-case': 0 });
    expect(server.truth().operators).toEqual({});
  });
});
