import { beforeAll, describe, expect, it } from 'vitest';
import type { DriftResult } from '../../../contracts/generated/findings.ts';
import type { ShapeBaseline } from '../../../scripts/drift/judge/judge-shapes.ts';
import { findK6 } from '../../../scripts/k6/provision.ts';
import { processIo } from '../../../scripts/process-io.ts';
import { MUTATIONS } from '../../../scripts/proofs/drift/mutations/index.ts';
import { marksOf } from '../../../scripts/proofs/drift/outcome.ts';
import { runTrial, tryDrift } from '../../../scripts/proofs/drift/trial.ts';

/** Each check takes some seconds of a core: every other one by default, all of them with FINI_HARNESS_LONG=1 and in `npm run test:drift`. */
const tried = (ids: readonly string[]): readonly string[] =>
  process.env.FINI_HARNESS_LONG === '1' ? ids : ids.filter((_, index) => index % 2 === 0);

/** One operator of each family: `npm run test:drift` tries them all. */
const SAMPLE = [
  'M001',
  'M019',
  'M058',
  'M070',
  'M079',
  'M085',
  'M109',
  'M112',
  'error-200',
  'error-nested',
  'M124',
  'M133',
  'M136',
  'M148',
  'M151',
  'foreign-listed',
  'M157',
  'list-gap',
  'M160',
  'M163',
  'M169',
  'event-stored-twice',
  'message-altered',
  'deleted-kept',
  'M202',
  'M211',
  'reply-constant',
  'cross-talk',
  'answers-swapped',
];

let k6: string;
let faithful: DriftResult;
let baselines: ShapeBaseline[];

beforeAll(async () => {
  k6 = (await findK6({ ...processIo(), err: () => undefined })).path;
  faithful = await tryDrift(k6, { drifts: {}, seed: 1, budget: 'smoke' });
  baselines = [{ runId: faithful.runId, shapes: faithful.shapes, findings: [] }];
});

describe('a drift check of a faithful service', () => {
  it('finds nothing, tests everything, and says what it could have seen', () => {
    expect(faithful).toMatchObject({ verdict: 'pass', exitCode: 0, findings: [], problems: [], notTested: [] });
    for (const { n, seenAbove } of faithful.coverage) expect((1 - seenAbove) ** n).toBeCloseTo(0.01, 6);
  });
});

/** Drifts that the reference server does not know: one of each sort. */
const STRANGE = [
  'list-more-as-text',
  'agents-wrapped',
  'errors-trace',
  'sunset',
  'scope-404',
  'unknown-200-null',
  'delete-202',
  'get-other-events',
  'list-first-events',
  'list-window-lost',
  'list-filter-lost',
  'turn-other-role',
  'agents-of-others',
  'agents-first-only',
  'attributes-of-others',
  'list-removed',
  'removed-204',
  'get-articles-lost',
  'turn-empty-null',
  'any-key-lists',
];

/** Access that is denied: its probes begin conversations that no plan knows of. */
const GRANTED = ['M136', 'M145', 'read-key-writes', 'unknown-role-accepted'];

/** With this seed, the operator that leaks something leaks a key. */
const KEY_SEED = 3;

describe.concurrent('a drift check of a service that drifts', () => {
  it.each(tried(SAMPLE))('%s is one finding, of the right class, at the right place', async (id) => {
    const result = await tryDrift(k6, { drifts: { [id]: { rate: 1 } }, seed: 2, budget: 'smoke', baselines });
    expect(marksOf(id, result.findings)).toEqual({ rightClass: true, rightTemplate: true, single: true });
  });

  it.each(tried(STRANGE))('%s, which no operator knows, is one finding, too', async (id) => {
    const mutation = MUTATIONS.find((one) => one.id === id);
    if (mutation === undefined) throw new Error(`no mutation ${id}`);
    const { findings } = await tryDrift(k6, { drifts: {}, mutation, seed: 2, budget: 'smoke', baselines });
    expect(marksOf(id, findings)).toEqual({ rightClass: true, rightTemplate: true, single: true });
  });

  it.each(GRANTED)('%s leaves no conversation behind', async (id) => {
    const { result, left } = await runTrial(k6, { drifts: { [id]: { rate: 1 } }, seed: 2, budget: 'smoke', baselines });
    expect(left).toBe(0);
    expect(result).toMatchObject({ leftBehind: [], tidied: true });
  });

  it('a type of tags that no accepted check had is found', async () => {
    const { findings } = await tryDrift(k6, { drifts: { M031: { rate: 1 } }, seed: 2, budget: 'smoke', baselines });
    expect(marksOf('M031', findings)).toEqual({ rightClass: true, rightTemplate: true, single: true });
  });

  it('a key in a reply is found, though the ledger hides it', async () => {
    const { findings } = await tryDrift(k6, {
      drifts: { M202: { rate: 1 } },
      seed: KEY_SEED,
      budget: 'smoke',
      baselines,
    });
    expect(marksOf('M202', findings)).toEqual({ rightClass: true, rightTemplate: true, single: true });
    expect(JSON.stringify(findings)).toContain('[key]');
  });

  it('finds what a tenth of the answers show, and tells how often', async () => {
    const result = await tryDrift(k6, { drifts: { M019: { rate: 0.1 } }, seed: 3, budget: 'standard' });
    const [finding] = result.findings;
    expect(result.findings).toHaveLength(1);
    const { k = 0, n = 0, ci95 = [1, 0] } = finding?.frequency ?? {};
    expect(n).toBe(90);
    expect(k).toBeLessThan(n / 2);
    expect(ci95[0]).toBeLessThan(0.1);
    expect(ci95[1]).toBeGreaterThan(0.1);
  });
});

describe.concurrent('a drift check of a service that varies within its documentation', () => {
  it.each([
    [['L02', 'L08', 'L10', 'L12', 'L33']],
    [['L03', 'L05', 'L09', 'L11', 'L16', 'L30']],
    [['L14', 'L15', 'L17', 'L25', 'L31', 'L34', 'L38']],
    [['L18', 'L19', 'L20', 'L21', 'L32', 'L35', 'L37']],
    [['L36', 'L39', 'L13', 'L06', 'L07', 'L23']],
  ])('finds nothing with %j', async (ids) => {
    const drifts = Object.fromEntries(ids.map((id) => [id, { rate: 0.5 }]));
    const { findings, verdict } = await tryDrift(k6, { drifts, seed: 5, budget: 'smoke', baselines });
    expect(findings).toEqual([]);
    expect(verdict).toBe('pass');
  });
});
