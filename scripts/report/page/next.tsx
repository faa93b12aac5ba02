/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { NextStep } from '../next-step.ts';

/** What a reader does next, with the commands for it. */
export function Next({ steps }: { steps: readonly NextStep[] }): VNode | null {
  if (steps.length === 0) return null;
  return (
    <p class="next">
      <b>Next</b>{' '}
      {steps.map(({ what, command }) => (
        <span>
          {what}: <code>{command}</code>.{' '}
        </span>
      ))}
    </p>
  );
}
