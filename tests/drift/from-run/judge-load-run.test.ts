import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answerForm, headerForm } from '../../../contracts/answer-form.ts';
import type { Event } from '../../../contracts/generated/event.ts';
import type { LedgerLine, Settled } from '../../../contracts/generated/ledger.ts';
import { turnResponse } from '../../../contracts/response.ts';
import { shapeCollector } from '../../../contracts/shape.ts';
import { judgeLoadRun } from '../../../scripts/drift/from-run/judge-load-run.ts';
import { findLoadRun } from '../../../scripts/drift/from-run/load-run.ts';
import type { ShapeBaseline } from '../../../scripts/drift/judge/judge-shapes.ts';
import { validatorOf } from '../../../scripts/foundation/schema/validator.ts';
import { laneLines, PLAN, spread, VIOLATION } from '../../analysis/made-run.ts';
import example from '../../contracts/fixtures/generate-answer.example.json' with { type: 'json' };

const root = mkdtempSync(join(tmpdir(), 'fini-stored-'));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

const HEADERS = { 'Content-Type': 'application/json', Date: 'today' };
const events = example as unknown as Event[];
const withTags = (tags: unknown[]): Event[] => events.map((event) => ({ ...event, tags }));

/** What a lane writes of an answer of this body: its form, and what that looks like. */
function formLine(body: unknown, headers: object = HEADERS): Extract<LedgerLine, { kind: 'form' }> {
  const answer = turnResponse(200, {}, JSON.stringify(body));
  const collector = shapeCollector();
  collector.headers(
    'generate-answer/200/headers',
    Object.keys(headers).map((name) => name.toLowerCase()),
  );
  collector.body('generate-answer/200/body', body);
  return {
    kind: 'form',
    lane: 0,
    at: 0,
    form: `${answerForm(answer)} ${headerForm(headers)}`,
    shapes: collector.shapes(),
  };
}

type Change = Partial<Pick<Settled, 'violations' | 'status' | 'outcome'>> & { readonly form?: string | undefined };

/** A folder with a run of so many turns; `change` says what is special of each. */
function runFolderOf(
  count: number,
  forms: readonly LedgerLine[],
  change: (index: number) => Change,
  rung = '',
): string {
  const path = join(root, String(folders++), rung);
  mkdirSync(path, { recursive: true });
  let index = 0;
  const lines = laneLines(spread(count)).map((line) => {
    if (line.kind !== 'settled') return line;
    const reply = { id: `e${index}`, role: 'finibot', createdAt: 1, chars: 50, hash: `h${index}` };
    return { ...line, events: [{ id: `u${index}`, role: 'user', createdAt: 1, chars: 9 }, reply], ...change(index++) };
  });
  writeFileSync(join(path, 'run.json'), JSON.stringify(PLAN));
  writeFileSync(join(path, 'turns.ndjson'), [...forms, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}

async function judge(path: string, baselines: readonly ShapeBaseline[] = []) {
  const policy = { strictAdditive: false, acceptances: [], baselines, today: '2026-01-01' };
  return judgeLoadRun(await findLoadRun(path), policy);
}

const plain = formLine(events);
const baseline = (result: Awaited<ReturnType<typeof judge>>): ShapeBaseline => ({
  runId: 'before',
  shapes: result.shapes,
  findings: [],
});

describe('the answers of a stored run', () => {
  it('that kept the contract pass, and show what they looked like', async () => {
    const result = await judge(runFolderOf(40, [plain], () => ({ form: plain.form })));
    expect(result).toMatchObject({ verdict: 'pass', exitCode: 0, findings: [], source: 'load', problems: [] });
    expect(result.shapes['generate-answer/200/body/*/message']).toMatchObject({ n: 80, types: { string: 80 } });
    expect(result.replies).toMatchObject({ n: 40, articles: { k: 40, n: 40 }, sameness: { k: 1, n: 40 } });
    expect(result.statuses).toEqual({ 'generate-answer load': { 200: 40 } });
    expect(result.coverage).toMatchObject([{ kind: 'U', n: 40 }]);
    const validate = validatorOf('findings');
    expect(validate(result) ? [] : validate.errors).toEqual([]);
  });

  it('that broke it are one finding with k of n, and no shape', async () => {
    const path = runFolderOf(40, [plain], (index) => (index < 3 ? { violations: [VIOLATION] } : { form: plain.form }));
    const result = await judge(path);
    expect(result).toMatchObject({ verdict: 'fail', exitCode: 4 });
    expect(result.findings).toMatchObject([{ rule: VIOLATION.rule, class: 'breaking', frequency: { k: 3, n: 40 } }]);
    expect(result.shapes['generate-answer/200/body']?.n).toBe(37);
  });

  it('are held against accepted runs', async () => {
    const tagged = formLine(withTags(['vip']));
    const accepted = baseline(await judge(runFolderOf(40, [tagged], () => ({ form: tagged.form }))));
    const changed = formLine(withTags([{ name: 'vip' }]));
    expect(changed.form).not.toBe(tagged.form);
    const path = runFolderOf(40, [plain, changed], (index) => ({ form: index === 7 ? changed.form : plain.form }));
    const { findings, exitCode } = await judge(path, [accepted]);
    expect(findings).toMatchObject([
      { rule: 'baseline-item-type-changed', template: '#/responses/200/body/*/tags/*', frequency: { k: 1, n: 40 } },
    ]);
    expect(exitCode).toBe(4);
  });

  it('show headers that nobody knows, once each', async () => {
    const extra = formLine(events, { ...HEADERS, 'X-Fini-Plan': 'gold' });
    const path = runFolderOf(40, [plain, extra], (index) => ({ form: index < 20 ? extra.form : plain.form }));
    const { findings, exitCode } = await judge(path);
    expect(findings).toMatchObject([
      {
        rule: 'response-header-added',
        class: 'additive',
        template: '#/responses/200/headers/x-fini-plan',
        frequency: { k: 20 },
      },
    ]);
    expect(exitCode).toBe(0);
  });

  it('are no evidence where hardly any came', async () => {
    const down = { status: 503, form: undefined } as const;
    expect(await judge(runFolderOf(40, [], () => down))).toMatchObject({ verdict: 'no-evidence', exitCode: 6 });
  });

  it('of a capacity search count together', async () => {
    const path = runFolderOf(20, [plain], () => ({ form: plain.form }), 'rungs/001');
    const search = join(path, '../..');
    cpSync(path, join(search, 'rungs', '002'), { recursive: true });
    writeFileSync(join(search, 'search.json'), '{}');
    expect((await judge(search)).counts).toMatchObject({ requests: 40, userTurns: 40 });
  });

  it('are told to be missing where there are none', async () => {
    await expect(judge(join(root, 'nowhere'))).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('the form of an answer', () => {
  it.each([
    ['a field that is filled', events.map((event) => ({ ...event, csatRating: 0 }))],
    ['another article', [events[0], { ...(events[1] as Event), usedArticles: [] }]],
    ['tags', withTags(['vip'])],
    ['tags of another type', withTags([1])],
  ])('is another with %s', (_, body) => expect(formLine(body).form).not.toBe(plain.form));

  it('is the same for other texts, ids and times', () => {
    const other = events.map((event) => ({ ...event, message: 'Something else', createdAt: 1_749_640_999_000 }));
    expect(formLine(other).form).toBe(plain.form);
  });
});
