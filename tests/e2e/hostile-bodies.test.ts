import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DriftResult } from '../../contracts/generated/findings.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { front, type Spoil } from './front.ts';
import { ATTACHMENTS, rulesOf, spoiltRun } from './spoilt-run.ts';
import { environmentFor, fini, resultOf, scratch, server } from './support.ts';

const LONGEST_LINE = 100_000;

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
const names = (count: number, turn: number) =>
  Array.from({ length: count }, (_, index) => {
    const first = (turn * count + index).toString(16).padStart(8, '0');
    return `,"customer_${first}-d5b9-4eee-ad08-5e2c7d9cb741":1`;
  }).join('');
const inEach =
  (part: string, by: string): Spoil =>
  ({ body }) => ({ body: body.split(part).join(by) });

describe('a service whose answers are larger than any harness hopes for', async () => {
  const faithful = await server({ service: { law: 'constant', meanMs: 5 } });

  it.each<{ what: string; spoil: Spoil; rules: readonly string[]; exitCode: number }>([
    {
      what: 'attachments nested 5,000 deep are legal',
      spoil: inEach(ATTACHMENTS, `"attachments":${nested(5_000, '[', ']')}`),
      rules: [],
      exitCode: EXIT.pass,
    },
    {
      what: 'an unknown property 8,000 objects deep is an addition',
      spoil: inEach(ATTACHMENTS, `${ATTACHMENTS},"extra":${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`),
      rules: ['response-property-added'],
      exitCode: EXIT.pass,
    },
    {
      what: '2,000 properties named after customers are one addition',
      spoil: ({ body }, turn) => ({ body: body.split(ATTACHMENTS).join(`${ATTACHMENTS}${names(2_000, turn)}`) }),
      rules: ['response-property-added'],
      exitCode: EXIT.pass,
    },
    {
      // k6 would need more stack than a process may have.
      what: 'ten megabytes of brackets are no answer',
      spoil: () => ({ body: nested(5_000_000, '[', ']') }),
      rules: ['body-not-json'],
      exitCode: EXIT.contractViolated,
    },
  ])('$what', async ({ spoil, rules, exitCode }) => {
    const { settled, sent, longest, out, ...ended } = await spoiltRun(faithful, spoil);
    expect(ended.exitCode, ended.said).toBe(exitCode);
    expect(settled).toHaveLength(sent.length);
    expect(Object.keys(rulesOf(settled))).toEqual(rules);
    expect(longest).toBeLessThan(LONGEST_LINE);
    expect(resultOf(out).violations).toHaveLength(rules.length);
    expect(statSync(join(out, 'report.md')).size).toBeLessThan(20_000);
  });

  it('a drift check reports thousands of names and levels, which always come together, as one finding', async () => {
    const cwd = scratch();
    const deep = `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`;
    const spoil: Spoil = ({ body }, turn) => ({
      body: body.split(ATTACHMENTS).join(`${ATTACHMENTS}${names(300, turn)},"tree":${deep}`),
    });
    const out = join(cwd, 'check');
    const args = ['drift', '--budget', 'smoke', '--out', out, '--json', '--no-build'];
    const { exitCode, stdout, stderr } = await fini(args, { env: environmentFor(await front(faithful, spoil)), cwd });
    expect(exitCode, String(stderr)).toBe(EXIT.pass);
    const { findings, problems } = JSON.parse(String(stdout)) as DriftResult;
    expect(problems).toEqual([]);
    expect(findings.map(({ template, related }) => [template, ...related.map((it) => it.template)])).toEqual([
      ['#/responses/200/body/*/customer_*', '#/responses/200/body/*/tree'],
    ]);
    expect(statSync(join(out, 'report.md')).size).toBeLessThan(20_000);
  });
});
