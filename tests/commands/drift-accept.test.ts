import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DriftResult } from '../../contracts/generated/findings.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { main } from '../../scripts/main.ts';
import { scratch } from '../cli/scratch.ts';
import { FINDING, RESULT } from '../drift/made-result.ts';
import { recordedIo } from '../io.ts';

const today = (days = 0): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const WHY = ['--reason', 'announced', '--owner', 'api-team'];

/** A working folder with the result of a check. */
function checked(over: Partial<DriftResult> = {}, folder = 'results/check'): string {
  const cwd = scratch();
  const path = join(cwd, folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'result.json'), JSON.stringify({ ...RESULT, findings: [FINDING], ...over }));
  return cwd;
}

async function accept(cwd: string, ...argv: readonly string[]) {
  const io = recordedIo({ cwd });
  return { exitCode: await main(['drift', 'accept', ...argv], io), ...io.said() };
}

describe('drift accept, a finding', () => {
  it.each([today(), today(1), today(400)])('is accepted until %s', async (expires) => {
    const cwd = checked();
    const { exitCode, out } = await accept(cwd, FINDING.id, ...WHY, '--expires', expires);
    expect({ exitCode, out }).toEqual({ exitCode: EXIT.pass, out: `${FINDING.id} is accepted until ${expires}\n` });
    const [accepted] = JSON.parse(readFileSync(join(cwd, 'drift/accepted.json'), 'utf8')) as object[];
    expect(accepted).toMatchObject({ id: FINDING.id, expires });
  });

  it.each(['2020-01-01', today(-1), '0001-01-01', '-000001-01-01'])('is not accepted until %s', async (expires) => {
    const cwd = checked();
    const { exitCode, err } = await accept(cwd, FINDING.id, ...WHY, `--expires=${expires}`);
    expect({ exitCode, err }).toEqual({ exitCode: EXIT.usage, err: expect.stringContaining(`--expires ${expires}`) });
    expect(existsSync(join(cwd, 'drift'))).toBe(false);
  });

  it.each(['2020-02-31', '2099-02-31'])('says that %s is no day', async (expires) => {
    const { err } = await accept(checked(), FINDING.id, ...WHY, `--expires=${expires}`);
    expect(err).toContain(`--expires ${expires} is not a date`);
  });

  it.each(['', 'soon', '2099-02-31', '2099-1-1', '31.12.2099'])('needs a day: %s', async (expires) => {
    const cwd = checked();
    const { exitCode, err } = await accept(cwd, FINDING.id, ...WHY, `--expires=${expires}`);
    expect({ exitCode, err }).toEqual({ exitCode: EXIT.usage, err: expect.stringContaining('--expires') });
    expect(existsSync(join(cwd, 'drift/accepted.json'))).toBe(false);
  });

  const { id } = FINDING;
  const other = (id.startsWith('0') ? '1' : '0') + id.slice(1);

  it.each([
    ['one letter off', other, `did you mean ${id}?`],
    ['cut off', id.slice(0, -1), `did you mean ${id}?`],
    ['of nobody', 'ffffffffffff', '--from'],
    ['no id', 'results/no-check', '--from'],
  ])('that no check has is refused: %s', async (_what, typed, advice) => {
    const cwd = checked();
    const { exitCode, err } = await accept(cwd, typed, ...WHY, '--expires', today(9));
    expect({ exitCode, err }).toEqual({ exitCode: EXIT.usage, err: expect.stringContaining(advice) });
    expect(existsSync(join(cwd, 'drift'))).toBe(false);
  });

  it.each<[string, string, readonly string[]]>([
    ['a run that was judged', 'results/run/drift', []],
    ['a folder elsewhere', 'elsewhere/check', ['--from', 'elsewhere/check']],
  ])('of %s is known', async (_where, folder, flags) => {
    const cwd = checked({}, folder);
    expect(await accept(cwd, id, ...WHY, '--expires', today(9), ...flags)).toMatchObject({ exitCode: EXIT.pass });
  });

  it('that is accepted already can be accepted for longer, though its check is gone', async () => {
    const cwd = scratch({ 'drift/accepted.json': [{ id, reason: 'a', owner: 'b', expires: today(1) }] });
    expect(await accept(cwd, id, ...WHY, '--expires', today(9))).toMatchObject({ exitCode: EXIT.pass });
  });
});

describe('drift accept, a check', () => {
  it.each<[DriftResult['verdict'], readonly string[], number]>([
    ['pass', [], EXIT.pass],
    ['fail', [], EXIT.usage],
    ['fail', ['--force'], EXIT.pass],
    ['no-evidence', ['--force'], EXIT.usage],
  ])('that is a %s, with %j, exits with %i', async (verdict, flags, exitCode) => {
    const cwd = checked({ verdict });
    expect(await accept(cwd, 'results/check', ...flags)).toMatchObject({ exitCode });
    expect(existsSync(join(cwd, 'drift/baselines'))).toBe(exitCode === EXIT.pass);
  });
});

describe('drift accept, what is no result', () => {
  it.each([
    ['cut off', '{"kind":"drift"', 'is damaged'],
    ['empty', '', 'is damaged'],
    ['null', 'null', 'is not the result of a drift check'],
    ['a list', '[]', 'is not the result of a drift check'],
    ['of another version', '{"kind":"drift"}', 'was made by another version'],
  ])('%s', async (_, text, why) => {
    const cwd = checked();
    writeFileSync(join(cwd, 'results/check/result.json'), text);
    const { exitCode, err } = await accept(cwd, 'results/check');
    expect({ exitCode, err }).toEqual({ exitCode: EXIT.usage, err: expect.stringContaining(why) });
    expect(existsSync(join(cwd, 'drift'))).toBe(false);
  });
});
