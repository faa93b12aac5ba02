import type { ComponentChildren, VNode } from 'preact';
import type { RunKind, RunRow, RunState } from '../answers.ts';

const WORDS = { pass: '✓ Pass', fail: '✗ Fail', 'no-evidence': '? No evidence' } as const;
const STATES: Readonly<Record<RunState, string>> = {
  running: '▶ Running',
  ended: 'Ended',
  killed: '✗ Killed',
  unknown: '? Unfinished',
};

/** The verdict of a run, or how far it has come. */
export function Standing({ row }: { row: Pick<RunRow, 'verdict' | 'state'> }): VNode {
  if (row.verdict !== null && row.state === 'ended') return <span class={row.verdict}>{WORDS[row.verdict]}</span>;
  return <span class={`state ${row.state}`}>{STATES[row.state]}</span>;
}

const NOUNS: Readonly<Record<RunKind, string>> = {
  run: 'run',
  drift: 'check',
  capacity: 'search',
  comparison: 'comparison',
};
const RECOVERY: Readonly<Record<RunKind, string>> = {
  run: 'Use fini-harness report to make one from its ledger.',
  drift: 'Use fini-harness report to make one from its ledger.',
  capacity: 'Use fini-harness capacity --resume to continue it.',
  comparison: 'Use fini-harness compare --resume to continue it.',
};

/** Why a run has no verdict. */
export function stateSentence({ kind, state }: Pick<RunRow, 'kind' | 'state'>): string {
  const noun = NOUNS[kind];
  switch (state) {
    case 'running':
      return `This ${noun} is in progress.`;
    case 'ended':
      return `This ${noun} has ended.`;
    case 'killed':
      return `This ${noun} was killed: its process no longer exists, and it left no result. ${RECOVERY[kind]}`;
    case 'unknown':
      return `This ${noun} has no result, and its process is not on this machine: it may be running elsewhere, or have been killed.`;
    default:
      return state satisfies never;
  }
}

/** A table that scrolls by itself where it is wider than the page, by keyboard too. */
export function Scrolling({ label, children }: { label: string; children: ComponentChildren }): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** Epoch ms as local time, for columns beside each other. */
export const shortly = (at: number | null): string =>
  at === null
    ? '?'
    : new Date(at).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** How a turn ended, in words: its status, or why it has none. */
export const endOf = ({ outcome, status }: { outcome: string; status: number }): string =>
  outcome === 'answered' ? String(status) : outcome.replaceAll('-', ' ');

/** Epoch ms as local time, with its time zone. */
export function when(at: number | null): string {
  return at === null
    ? 'at an unknown time'
    : new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
}
