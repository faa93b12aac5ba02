import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { GONE } from './answer.ts';

/** The heading of a page, to which the focus goes when the page changes, so that a screen reader reads it. */
export function Title({ text, children }: { text: string; children?: ComponentChildren }): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${text} · fini-harness`;
    if (document.activeElement === document.body) heading.current?.focus();
  }, [text]);
  return (
    <h1 tabIndex={-1} ref={heading}>
      {children ?? text}
    </h1>
  );
}

export function Trouble({ error }: { error: string | undefined }): VNode | null {
  return error === undefined ? null : (
    <p class="trouble" role="alert">
      {error}
    </p>
  );
}

/** What is wrong with a part of a page; that the server has stopped, the page says once. */
export const PartTrouble = ({ error }: { error: string | undefined }): VNode | null => (
  <Trouble error={error === GONE ? undefined : error} />
);
