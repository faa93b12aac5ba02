/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';

/** What a reader must know besides the answer. */
export function Notes({ lines }: { lines: readonly string[] }): VNode | null {
  if (lines.length === 0) return null;
  return (
    <ul class="problems">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}
