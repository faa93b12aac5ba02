/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren, VNode } from 'preact';

/** A wide table that scrolls inside the page; reachable by keyboard, so it has a name. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse.
    <section class="scroll" aria-label={`${label}, table`} tabIndex={0}>
      {children}
    </section>
  );
}
