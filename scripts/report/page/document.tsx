/** @jsxRuntime automatic @jsxImportSource preact */
import { readFileSync } from 'node:fs';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { printable } from '../../foundation/text/printable.ts';
import { paletteCss } from '../palette.ts';

const ownCss = readFileSync(new URL('./page.css', import.meta.url), 'utf8');

/** The style of every page, with its colours in both schemes. */
export const pageCss = (): string => paletteCss() + ownCss;

/**
 * A whole static page: no script, no request, readable without its styles and on paper. No text in it acts upon a reader's
 * terminal or its direction, nor upon the log of a job that prints the page: nothing but the style has lines.
 */
export function renderDocument(title: string, content: ComponentChildren): string {
  const head = (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{printable(title)}</title>
      <style dangerouslySetInnerHTML={{ __html: pageCss() }} />
    </head>
  );
  const body = (
    <body>
      <main>{content}</main>
    </body>
  );
  return `<!doctype html>\n<html lang="en">${renderToString(head)}${printable(renderToString(body))}</html>\n`;
}
