import { markdownTable } from 'markdown-table';
import { listFaults } from '../../reference-server/index.ts';
import { type Call, EXPECTATIONS } from './expectations.ts';
import type { Outcome } from './outcome.ts';
import type { Subject } from './subjects.ts';

const BLOCK = /<!-- faults -->[\s\S]*<!-- \/faults -->/;
const KINDS: readonly Subject['kind'][] = ['run', 'drift', 'capacity', 'audit'];

/** The document with the table of these outcomes. */
export function withFaults(document: string, outcomes: readonly Outcome[]): string {
  const rows = listFaults().map(({ id, title }) =>
    row(
      id,
      title,
      outcomes.filter(({ fault }) => fault === id),
    ),
  );
  const head = [
    'fault',
    'what it is',
    'outcome of the turn',
    ...KINDS.map((kind) => `\`${kind}\``),
    'sent = received = settled',
  ];
  const table = markdownTable([head, ...rows], { padding: false, alignDelimiters: false });
  return document.replace(BLOCK, `<!-- faults -->\n${table}\n<!-- /faults -->`);
}

function row(id: string, title: string, outcomes: readonly Outcome[]): string[] {
  const codes = KINDS.map((kind) => {
    const of = outcomes.filter((outcome) => outcome.kind === kind);
    const at = (rate: number): string =>
      [...new Set(of.filter((it) => it.rate === rate).map((it) => it.exitCode))].sort().join('/');
    return `${at(0.05)} · ${at(1)}`;
  });
  const expectation = EXPECTATIONS[id];
  const books = outcomes.filter(({ account: { sent, received, settled } }) => sent === received && sent === settled);
  const total = outcomes.reduce((sum, { account }) => sum + account.sent, 0);
  const equal = books.length === outcomes.length ? `all ${outcomes.length}` : `${books.length} of ${outcomes.length}`;
  return [
    `\`${id}\``,
    title,
    expectation === undefined ? '' : calledAs(expectation.call),
    ...codes,
    `${equal}; ${total}`,
  ];
}

function calledAs({ outcome, status = 0, rule }: Call): string {
  const what = outcome === 'answered' ? `answered, ${status}` : outcome.replace('-', ' ');
  return rule === undefined ? what : `${what}; \`${rule}\``;
}
