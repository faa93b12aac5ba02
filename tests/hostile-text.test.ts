import { DOMParser, parseHTML } from 'linkedom';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderCapacityMarkdown } from '../scripts/capacity/report/markdown.ts';
import { renderCapacityPage } from '../scripts/capacity/report/page.tsx';
import { renderHistoryMarkdown } from '../scripts/compare/history/report/markdown.ts';
import { renderHistoryHtml } from '../scripts/compare/history/report/page.tsx';
import { renderComparisonMarkdown } from '../scripts/compare/report/markdown.ts';
import { renderComparisonHtml } from '../scripts/compare/report/page.tsx';
import { renderAnnotations } from '../scripts/drift/report/annotations.ts';
import { renderDriftJunit } from '../scripts/drift/report/junit.ts';
import { renderDriftMarkdown } from '../scripts/drift/report/markdown.ts';
import { renderDriftPage } from '../scripts/drift/report/page.tsx';
import { renderSarif } from '../scripts/drift/report/sarif.ts';
import { jsonText, printable } from '../scripts/foundation/text/printable.ts';
import { forTerminal } from '../scripts/foundation/text/terminal.ts';
import { renderHtml } from '../scripts/report/html.tsx';
import { renderJunit } from '../scripts/report/junit.ts';
import { renderMarkdown } from '../scripts/report/markdown.ts';
import type { ReportModel } from '../scripts/report/model.ts';
import { renderOpenMetrics } from '../scripts/report/open-metrics.ts';
import { infected, MARK, PAYLOADS } from './hostile-text.ts';
import {
  AUDIT,
  CAPACITY,
  COMPARISON,
  DRIFT,
  HISTORY,
  type Output,
  PAST,
  sampleRun,
  textOutputs,
} from './sample-outputs.ts';

let run: ReportModel;
beforeAll(async () => {
  run = await sampleRun();
});

const TEXTS = textOutputs(() => run);

const MARKDOWNS: readonly Output[] = [
  ['run', (text) => renderMarkdown(infected(run, text))],
  ['drift', (text) => renderDriftMarkdown(infected(DRIFT, text))],
  ['capacity', (text) => renderCapacityMarkdown(infected(CAPACITY, text))],
  ['compare', (text) => renderComparisonMarkdown(infected(COMPARISON.comparison, text))],
  ['history', (text) => renderHistoryMarkdown(infected(HISTORY, text))],
];

const PAGES: readonly Output[] = [
  ['run', (text) => renderHtml(infected(run, text))],
  ['drift', (text) => renderDriftPage(infected(DRIFT, text), infected(PAST, text))],
  ['capacity', (text) => renderCapacityPage(infected(CAPACITY, text))],
  ['compare', (text) => renderComparisonHtml(infected(COMPARISON, text))],
  ['history', (text) => renderHistoryHtml(infected(HISTORY, text))],
];

const JUNITS: readonly Output[] = [
  ['run', (text) => renderJunit(infected(run, text))],
  ['drift', (text) => renderDriftJunit(infected(DRIFT, text))],
];

const JSONS: readonly Output[] = [
  ['run.json', (text) => jsonText(infected(run.plan, text), 2)],
  ['findings.json', (text) => jsonText(infected(DRIFT, text), 2)],
  ['result.json of a capacity search', (text) => jsonText(infected(CAPACITY, text), 2)],
  ['comparison.json', (text) => jsonText(infected(COMPARISON.comparison, text), 2)],
  ['the JSON of a history', (text) => jsonText(infected(HISTORY, text), 2)],
  ['audit.json', (text) => jsonText(infected(AUDIT, text), 2)],
  ['result.json of a run', (text) => jsonText(infected(run.result, text), 2)],
  [
    'SARIF',
    (text) =>
      jsonText(
        renderSarif(infected(DRIFT, text), () => undefined),
        2,
      ),
  ],
];

/** The labels of a sample: a quote, a backslash or a line in one of them is escaped. */
const LABELS = /\{(?:\w+="(?:[^"\\\n]|\\["\\n])*",?)*\}/;

/** Outputs times payloads; `harmless` is what there is to see of the output of a harmless text, looked at once. */
const each = <Seen>(outputs: readonly Output[], look: (output: string) => Seen) =>
  outputs.flatMap(([name, render]) => {
    let seen: { readonly harmless: Seen } | undefined;
    const harmless = (): Seen => {
      seen ??= { harmless: look(render('x')) };
      return seen.harmless;
    };
    return PAYLOADS.map(([what, text]) => [name, what, text, render, harmless] as const);
  });

/** What a terminal, an editor or a reader would act upon. */
const ACTIVE = /[^\P{Cc}\n]|[\p{Bidi_Control}\p{Surrogate}\u2028\u2029\ufffe\uffff]/u;
const OWN_STYLE = new RegExp(`${String.fromCodePoint(27)}\\[(?:1|2|22|31|32|33|39)m`, 'g');

const linesOf = (text: string): number => forTerminal(text).split('\n').length;

describe.each(each(TEXTS, linesOf))('the text of %s, with %s', (name, _, text, render) => {
  it('acts upon nothing, and has no line more', () => {
    const shown = forTerminal(render(text));
    expect(shown).toContain(MARK);
    expect(name.endsWith('coloured') ? shown.replace(OWN_STYLE, '') : shown).not.toMatch(ACTIVE);
    // As wide, and without a character that could make a line.
    expect(shown.split('\n')).toHaveLength(linesOf(render(printable(text))));
    expect(shown).not.toMatch(/^\s*::|##\w*\[/m);
  });
});

/** As GitHub shows it. */
const rendered = (markdown: string): Document => {
  const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return parseHTML(`<!doctype html><html><body>${html}</body></html>`).document;
};

/** The elements of a document in their order; a text that becomes markup changes it. */
const structure = (document: Document): string =>
  [...document.querySelectorAll('*')].map(({ tagName }) => tagName).join(' ');

/** The elements of figures, which leave out and break what is too long; takes the figures out. */
function drawingsOf(document: Document): ReadonlySet<string> {
  const tags = [...document.querySelectorAll('svg, svg *')].map(({ tagName }) => tagName);
  for (const svg of document.querySelectorAll('svg')) svg.remove();
  return new Set(tags);
}

const comments = (document: Document): number => {
  const walk = (node: Node): number =>
    (node.nodeType === 8 ? 1 : 0) + [...node.childNodes].reduce((sum, child) => sum + walk(child), 0);
  return walk(document);
};

/** Text outside of code, where GitHub looks for mentions and references. */
function proseOf(document: Document): string {
  for (const span of document.querySelectorAll('code')) span.remove();
  return document.body.textContent ?? '';
}

const linesIn = (text: string): number => text.split('\n').length;

const lookAtMarkdown = (markdown: string) => ({ structure: structure(rendered(markdown)), lines: linesIn(markdown) });

describe.each(each(MARKDOWNS, lookAtMarkdown))('the Markdown of %s, with %s', (_, __, text, render, harmless) => {
  it('holds it as text: no markup, no link, no mention', () => {
    const markdown = render(text);
    expect(markdown).toContain(MARK);
    expect(markdown).not.toMatch(ACTIVE);
    const document = rendered(markdown);
    expect({ structure: structure(document), lines: linesIn(markdown) }).toEqual(harmless());
    expect([comments(document), document.querySelectorAll('a, img, script, style').length]).toEqual([0, 0]);
    expect(proseOf(document)).not.toMatch(/@\w|#\d|\bGH-\d|:\/\/|\bwww\.\w/i);
  });
});

const lookAtPage = (page: string) => {
  const { document } = parseHTML(page);
  return { drawn: drawingsOf(document), structure: structure(document), lines: linesIn(page) };
};

describe.each(each(PAGES, lookAtPage))('the page of %s, with %s', (_, __, text, render, harmless) => {
  it('holds it as text', () => {
    const page = render(text);
    expect(page).toContain(MARK);
    expect(page).not.toMatch(ACTIVE);
    const { document } = parseHTML(page);
    const { drawn, structure: before, lines } = harmless();
    expect(linesIn(page)).toBe(lines);
    for (const tag of drawingsOf(document)) expect([...drawn, 'TSPAN']).toContain(tag);
    expect(structure(document)).toBe(before);
    expect([comments(document), document.querySelectorAll('script, [onload], [onerror], img').length]).toEqual([0, 0]);
  });
});

const elements = (xml: string): string =>
  structure(new DOMParser().parseFromString(xml, 'text/xml') as unknown as Document);
const markupOf = (xml: string): string => xml.replace(/<!\[CDATA\[.*?\]\]>/gs, '');

const lookAtXml = (xml: string) => ({ elements: elements(markupOf(xml)), lines: linesIn(xml) });

describe.each(each(JUNITS, lookAtXml))('the JUnit report of %s, with %s', (_, __, text, render, harmless) => {
  it('is well-formed, with the same cases', () => {
    const xml = render(text);
    expect(xml).toContain(MARK);
    expect(xml).not.toMatch(ACTIVE);
    const markup = markupOf(xml);
    expect(markup).not.toContain('<![CDATA[');
    expect(markup).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos|#x?[\da-fA-F]+);)/);
    expect({ elements: elements(markup), lines: linesIn(xml) }).toEqual(harmless());
  });
});

describe.each(each(JSONS, () => undefined))('%s, with %s', (_, __, text, render) => {
  it('is JSON that acts upon nothing', () => {
    const json = render(text);
    expect(json).toContain(MARK);
    expect(json).not.toMatch(ACTIVE);
    expect(() => JSON.parse(json)).not.toThrow();
  });
});

describe.each(PAYLOADS)('metrics.prom, with %s', (_, text) => {
  it('has the same lines, and the text in labels alone', async () => {
    const metrics = await renderOpenMetrics(infected(run.result, text));
    expect(metrics).toContain(MARK);
    const shape = (lines: string): string[] => lines.split('\n').map((line) => line.replace(LABELS, ''));
    expect(shape(metrics)).toEqual(shape(await renderOpenMetrics(run.result)));
  });
});

describe.each(PAYLOADS)('annotations, with %s', (_, text) => {
  it('are one command a finding', () => {
    const lines = forTerminal(renderAnnotations(infected(DRIFT, text))).split('\n');
    expect(lines).toHaveLength(DRIFT.findings.length + 1);
    expect(lines.pop()).toBe('');
    for (const line of lines) {
      expect(line).toMatch(new RegExp(`^::error title=[^:,]+::.*${MARK}`, 'u'));
      expect(line).not.toMatch(ACTIVE);
    }
  });
});

describe.each(PAYLOADS)('JSON of any value, with %s', (_, text) => {
  it('means the same', () => {
    const value = { text, [`key${text}`]: [text] };
    expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });
});
