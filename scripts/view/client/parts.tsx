import type { ComponentChildren, VNode } from 'preact';
import type { RunRow, RunState } from '../answers.ts';

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

/** Why a run has no verdict. */
export const STATE_SENTENCES: Readonly<Record<RunState, string>> = {
  running: 'This run is in progress.',
  ended: 'This run has ended.',
  killed:
    'This run was killed: its process no longer exists, and it left no result. Use fini-harness report to make one from its ledger.',
  unknown:
    'This run has no result, and its process is not on this machine: it may be running elsewhere, or have been killed.',
};

/** A table that scrolls by itself where it is wider than the page, by keyboard too. */
export function Scrolling({ label, children }: { label: string; children: ComponentChildren }): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** Epoch ms as local time. */
export function when(at: number | null): string {
  return at === null
    ? 'at an unknown time'
    : new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
