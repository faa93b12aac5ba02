import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerLine, Settled } from '../../../contracts/generated/ledger.ts';
import type { Result } from '../../../contracts/generated/result.ts';
import type { Served } from './served.ts';

/** What a folder holds of a run that something was killed in. */
export interface Remains {
  readonly sent: number;
  readonly received: number | undefined;
  readonly settled: number;
  readonly wrong: readonly string[];
}

interface Scene {
  /** Epoch ms. */
  readonly killedAt: number;
  readonly served: Served | undefined;
  /** Makes the reports anew. */
  readonly report: () => Promise<{ stderr: string }>;
}

/** An answer is on its way so long at most, from the server's last byte to the ledger. */
const ON_ITS_WAY_MS = 250;

/** Makes the reports of what is left, and holds ledger, result and server against each other; undefined where no run had begun. */
export async function remainsOf(out: string, { killedAt, served, report }: Scene): Promise<Remains | undefined> {
  if (!existsSync(join(out, 'run.json'))) return undefined;
  const { stderr } = await report();
  const lines = linesOf(join(out, 'turns.ndjson'));
  const sent = lines.filter(({ kind }) => kind === 'sent').length;
  const settled = lines.filter((line): line is Settled => line.kind === 'settled');
  const answered = settled.filter(({ outcome }) => outcome === 'answered').length;
  const turns = served?.turns?.();
  const received = turns?.length;
  const due = turns?.filter(({ answeredAt }) => (answeredAt ?? killedAt) < killedAt - ON_ITS_WAY_MS).length ?? 0;
  const wrong = [
    ...(/harness fault/.test(stderr) ? [`report: ${stderr}`] : []),
    ...(received === undefined || received <= sent ? [] : [`${received} received, but only ${sent} known as sent`]),
    ...(due <= answered ? [] : [`${due} were answered before, but only ${answered} are in the ledger`]),
    ...resultComplaints(join(out, 'result.json'), sent, answered, settled.length),
  ];
  return { sent, received, settled: settled.length, wrong };
}

function resultComplaints(path: string, sent: number, answered: number, settled: number): string[] {
  if (!existsSync(path)) return ['no result.json'];
  const { counts, complete, verdict } = JSON.parse(readFileSync(path, 'utf8')) as Result;
  return [
    ...(counts.sent === sent && counts.answered === answered
      ? []
      : [`the result has ${counts.sent} sent, ${counts.answered} answered, the ledger ${sent} and ${answered}`]),
    ...(complete && sent !== settled ? ['a run with open turns is called complete'] : []),
    ...(!complete && verdict === 'pass' ? ['a run that is not complete passes'] : []),
  ];
}

/** The whole lines; k6 may have been killed while it wrote the last one. */
function linesOf(path: string): LedgerLine[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as LedgerLine);
}
