import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { PALETTE, type Token } from '../palette.ts';

/** Room that a figure is drawn for: the page shows one or the other, so that no text shrinks on a phone. */
export interface Size {
  readonly width: number;
  readonly narrow: boolean;
}

/** A figure before it is drawn. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** What a reader who cannot see it is told instead: the message with its numbers. */
  readonly label: string;
  /** How to read it: sample, unit, scale. */
  readonly caption: string;
  /** Names of its lines and areas, in place of a legend that Plot would draw. */
  readonly legend?: readonly LegendEntry[];
  /** Half the page's width beside another half. */
  readonly half?: boolean;
  /** Whether marks link to rows of the tables. */
  readonly linked?: boolean;
  readonly options: (size: Size) => Plot.PlotOptions;
}

export interface LegendEntry {
  readonly name: string;
  readonly color: Token;
  /** How it is drawn; a line without it. */
  readonly shape?: 'dashed' | 'area';
}

/** The SVG of a figure, wide and narrow. */
export interface Drawing {
  readonly wide: string;
  readonly narrow: string;
}

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Draws a figure without a browser. */
export function draw(figure: Figure): Drawing {
  return {
    wide: svg(figure, { width: figure.half ? 508 : 1040, narrow: false }),
    narrow: svg(figure, { width: 380, narrow: true }),
  };
}

function svg(figure: Figure, size: Size): string {
  const defaults = { document, width: size.width, marginTop: 18, marginRight: 12, marginBottom: 28, marginLeft: 56 };
  const root = Plot.plot({ ...defaults, ...figure.options(size) });
  root.querySelector('style')?.remove();
  root.removeAttribute('class');
  root.setAttribute('font-size', size.narrow ? '11' : '12');
  root.setAttribute('role', figure.linked ? 'group' : 'img');
  root.setAttribute('aria-label', figure.label);
  for (const element of root.querySelectorAll('*')) tidy(element);
  return root.outerHTML;
}

/** Shortens numbers and names, and gives every palette colour a class beside a plain colour (for readers that block styles). */
function tidy(element: Element): void {
  for (const name of GEOMETRY) {
    const value = element.getAttribute(name);
    if (value?.includes('.'))
      element.setAttribute(
        name,
        value.replace(DECIMALS, (it) => String(Number(Number(it).toFixed(1)))),
      );
  }
  for (const [name, prefix] of PAINTS) {
    const token = /^var\(--(\w+)\)$/.exec(element.getAttribute(name) ?? '')?.[1];
    if (token === undefined || !isToken(token)) continue;
    element.setAttribute(name, PALETTE[token].light);
    element.setAttribute('class', `${element.getAttribute('class') ?? ''} ${prefix}-${token}`.trim());
  }
  if (element.localName === 'g') element.removeAttribute('aria-label');
}

const GEOMETRY = ['d', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height', 'transform'];
const DECIMALS = /-?\d*\.\d+(?:e-?\d+)?/g;
const PAINTS = [
  ['fill', 'f'],
  ['stroke', 's'],
] as const;

function isToken(name: string): name is Token {
  return name in PALETTE;
}
