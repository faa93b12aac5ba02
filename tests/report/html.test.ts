import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../scripts/report/html.tsx';
import type { ReportModel } from '../../scripts/report/model.ts';
import { type SampleRun, sampleModel } from './sample-model.ts';

const RUNS = ['passing', 'failing', 'empty'] as const;
const models = {} as Record<SampleRun, ReportModel>;
const pages = {} as Record<SampleRun, string>;
const documents = {} as Record<SampleRun, Document>;
beforeAll(async () => {
  for (const run of RUNS) {
    models[run] = await sampleModel(run);
    pages[run] = renderHtml(models[run]);
    documents[run] = parseHTML(pages[run]).document;
  }
});

const page = (run: SampleRun) => documents[run];

describe('the page', () => {
  it.each([
    ['passing', 'Pass: stress'],
    ['failing', 'Fail: stress'],
    ['empty', 'No evidence: stress'],
  ] as const)('of a %s run is titled with its verdict', (run, title) => {
    expect(page(run).querySelector('title')?.textContent).toContain(title);
    expect(page(run).querySelector('h1')?.textContent).toContain(title.split(':')[0]);
  });

  it('has every figure, drawn twice and named', () => {
    const figures = [...page('failing').querySelectorAll('figure')];
    expect(figures.map(({ id }) => id)).toEqual([
      'timeline',
      'latency-over-time',
      'heat-map',
      'rates',
      'in-flight',
      'distribution',
      'percentile-curve',
      'stage-ramp',
      'stage-steady',
      'stage-peak',
      'stage-recovery',
    ]);
    for (const figure of figures) {
      const drawings = [...figure.querySelectorAll('div > svg')];
      expect(drawings.map((svg) => svg.parentElement?.className)).toEqual(['wide', 'narrow']);
      for (const svg of drawings) expect(svg.getAttribute('aria-label')?.length).toBeGreaterThan(20);
    }
  });

  it('shows the limit of each latency gate among the percentiles, and the script of each slow turn', () => {
    const document = page('failing');
    const drawn = document.querySelector('#latency-over-time .wide')?.textContent;
    expect(drawn).toContain('p95 < 7.5 s');
    expect(drawn).toContain('p99 < 15 s');
    const scripts = models.failing.plan.workload.conversations.map(({ id }) => id);
    const rows = [...document.querySelectorAll('tr[id^="turn-"] td:nth-child(2)')].map((cell) => cell.textContent);
    expect(rows.length).toBeGreaterThan(5);
    for (const script of rows) expect(scripts).toContain(script);
  });

  it('links marks of figures to rows that exist', () => {
    const document = page('failing');
    const targets = [...document.querySelectorAll('figure a')].map((link) => link.getAttribute('href') ?? '');
    expect(targets.filter((href) => href.startsWith('#turn-')).length).toBeGreaterThan(5);
    expect(targets).toContain('#violation-1');
    for (const href of targets) expect(document.getElementById(href.slice(1)) === null, href).toBe(false);
  });

  it('has no figure without data, and says that nothing was checked', () => {
    const document = page('empty');
    expect(document.querySelectorAll('figure').length).toBe(0);
    expect(document.querySelector('#contract')?.textContent).toContain('No answer could be checked');
    expect(document.querySelector('#gates')?.textContent).toContain('not known (needs 299, has 0)');
  });

  it('shows no slip of arithmetic', () => {
    for (const run of RUNS) {
      expect(pages[run]).not.toMatch(/NaN|Infinity|undefined|\[object/);
    }
  });

  it('holds no script and no address to load from', () => {
    for (const run of RUNS) {
      const document = page(run);
      expect(document.querySelectorAll('script, link, iframe, img, object, [onload], [onclick]').length).toBe(0);
      expect(pages[run]).not.toMatch(/(src|href)="(?!#)|url\(|@import/);
    }
  });

  it('shows what the service sent as text', () => {
    const came = page('failing').querySelector('.violation dd:nth-of-type(2)')?.textContent;
    expect(came).toBe('string "<script>alert(1)</script> | `x` ]]> \\u001b[31m \\u202e [e-mail]"');
  });

  it('stays light, and keeps its links, whatever the service does wrong', () => {
    const { result } = models.failing;
    const violations = Array.from({ length: 1000 }, (_, index) => {
      const row = result.violations[index % 2];
      if (row === undefined) throw new Error('the sample has two violations');
      return { ...row, template: `${row.template}/${index}` };
    });
    const html = renderHtml({ ...models.failing, result: { ...result, violations } });
    expect(html.length).toBeLessThan(1_000_000);
    expect(html).toContain('800 more kinds in result.json');
    const linked = new Set([...html.matchAll(/href="#(violation-\d+)"/g)].map(([, id]) => id));
    expect(linked.size).toBe(200);
    for (const id of linked) expect(html).toContain(`id="${id}"`);
  });

  it('can show a run in which nothing was answered', () => {
    const { result, series, plan } = models.failing;
    const none = { p50: null, p95: null, p99: null };
    const silent = {
      ...series,
      buckets: series.buckets.map((bucket) => ({ ...bucket, completed: 0, good: 0, ...none })),
      percentiles: series.percentiles.map(({ q }) => ({ q, ms: null })),
      histogram: [],
      heat: [],
    };
    const slowest =
      result.slowest?.map((turn) => ({ ...turn, outcome: 'timed-out', status: 0, latencyMs: 20_000 })) ?? [];
    const { document } = parseHTML(renderHtml({ plan, series: silent, result: { ...result, slowest } }));
    expect(document.querySelector('#percentile-curve')?.textContent).toContain('ends at the turns without an answer');
    expect(document.querySelector('#latency-over-time .wide svg')?.getAttribute('aria-label')).toContain(
      'No turn was answered',
    );
    expect(document.documentElement.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('is the same for the same run', () => {
    expect(renderHtml(models.failing)).toBe(pages.failing);
  });
});
