import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../../contracts/generated/result.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import { type Account, accountOf } from './account.ts';
import { EXPECTATIONS, type Expectation, SOUND } from './expectations.ts';
import type { Subject } from './subjects.ts';
import { type Trial, type Tried, tryFault } from './trial.ts';

/** What became of one trial. */
export interface Outcome {
  readonly subject: string;
  readonly kind: Subject['kind'];
  readonly fault: string;
  readonly rate: number;
  readonly exitCode: number;
  readonly seconds: number;
  readonly account: Account;
  /** What is not as it should be; empty: all is. */
  readonly wrong: readonly string[];
}

/** Runs a trial and holds it against what is expected of its fault. */
export async function outcomeOf({ subject, fault, rate }: Omit<Trial, 'timeout'>): Promise<Outcome> {
  const expectation = EXPECTATIONS[fault];
  if (expectation === undefined) throw new Error(`nothing is expected of fault ${fault}`);
  const { timeout, less } = expectation;
  const flags = rate === 1 ? (less?.[subject.kind] ?? []) : [];
  const asked = { ...subject, args: [...subject.args, ...flags] };
  const trial = { subject: asked, fault, rate, ...(timeout === undefined ? {} : { timeout }) };
  return tryFault(trial, (tried) => {
    const account = accountOf(subject, fault, expectation.call, tried);
    const { exitCode, seconds } = tried;
    const wrong = complaints(trial, expectation, tried, account);
    return { subject: subject.name, kind: subject.kind, fault, rate, exitCode, seconds, account, wrong };
  });
}

/** Of one conversation at a time no turn waits for another. */
const NEVER_HELD = 'smoke';
const REPORTS = { run: 'report.html', drift: 'report.html', capacity: 'report.html', audit: 'audit.json' };

function complaints(
  { subject: { kind, name }, fault, rate }: Trial,
  { call, exit }: Expectation,
  { exitCode, out, said }: Tried,
  { sent, received, settled, amiss, rightly, faulty }: Account,
): string[] {
  const codes = codesOf();
  const isSound = call.outcome === 'answered' && call.status === 200 && call.rule === undefined;
  const rules: [boolean, string][] = [
    [codes.includes(exitCode), `exit code ${exitCode}, expected ${codes.join(' or ')}: ${said.slice(-300)}`],
    [sent > 0 && sent === received, `${sent} sent, ${received} received`],
    [sent === settled, `${sent} sent, ${settled} settled`],
    [amiss === rightly, `${amiss} amiss, ${rightly} called as expected`],
    [kind !== 'run' || amiss === (isSound ? 0 : faulty), `${amiss} amiss, ${faulty} went wrong at the server`],
    [existsSync(join(out, REPORTS[kind])), `no ${REPORTS[kind]}`],
  ];
  return rules.filter(([holds]) => !holds).map(([, text]) => text);

  function codesOf(): readonly number[] {
    const at = rate === 1 ? 1 : 0;
    // Of a few requests it may be that none goes wrong.
    if (faulty === 0) return SOUND[kind][at];
    const codes = fault === 'oversized-body' && name === NEVER_HELD ? SOUND.run[at] : exit[kind][at];
    return kind === 'run' && !isPunctual(out) ? [...codes, EXIT.noEvidence] : codes;
  }
}

/** Whether turns started in time. Where the machine was too busy for it, a run is no evidence about the service, and says so. */
function isPunctual(out: string): boolean {
  const path = join(out, 'result.json');
  return !existsSync(path) || (JSON.parse(readFileSync(path, 'utf8')) as Result).generator.valid;
}
