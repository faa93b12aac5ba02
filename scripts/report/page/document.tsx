/** @jsxRuntime automatic @jsxImportSource preact */
import { readFileSync } from 'node:fs';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { printableLines } from '../../foundation/text/printable.ts';
import { paletteCss } from '../palette.ts';

const ownCss = readFileSync(new URL('./page.css', import.meta.url), 'utf8');

/** The style of every page, with its colours in both schemes. */
export const pageCss = (): string => paletteCss() + ownCss;

/** A whole static page: no script, no request, readable without its styles and on paper. No text in it acts upon a reader's terminal or its direction. */
export function renderDocument(title: string, content: ComponentChildren): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: pageCss() }} />
      </head>
      <body>
        <main>{content}</main>
      </body>
    </html>
  );
  return printableLines(`<!doctype html>\n${renderToString(page)}\n`);
}
