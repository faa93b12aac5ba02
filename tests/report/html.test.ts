import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../scripts/report/html.tsx';
import type { ReportModel } from '../../scripts/report/model.ts';
import { type SampleRun, sampleModel } from './sample-model.ts';

const models = {} as Record<SampleRun, ReportModel>;
beforeAll(async () => {
  for (const run of ['passing', 'failing', 'empty'] as const) models[run] = await sampleModel(run);
});

const page = (run: SampleRun) => parseHTML(renderHtml(models[run])).document;

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

  it('links marks of figures to rows that exist', () => {
    const document = page('failing');
    const targets = [...document.querySelectorAll('figure a')].map((link) => link.getAttribute('href') ?? '');
    expect(targets.filter((href) => href.startsWith('#turn-')).length).toBeGreaterThan(5);
    expect(targets).toContain('#violation-1');
    for (const href of targets) expect(document.getElementById(href.slice(1)) === null, href).toBe(false);
  });

  it('has no figure without data, and says that nothing is known', () => {
    const document = page('empty');
    expect(document.querySelectorAll('figure').length).toBe(0);
    expect(document.querySelector('#contract')?.textContent).toContain('nothing is known');
    expect(document.querySelector('#gates')?.textContent).toContain('not known (needs 299)');
  });

  it('holds no script and no address to load from', () => {
    for (const run of ['passing', 'failing', 'empty'] as const) {
      const document = page(run);
      expect(document.querySelectorAll('script, link, iframe, img, object, [onload], [onclick]').length).toBe(0);
      expect(renderHtml(models[run])).not.toMatch(/(src|href)="(?!#)|url\(|@import/);
    }
  });

  it('shows what the service sent as text', () => {
    const came = page('failing').querySelector('.violation dd:nth-of-type(2)')?.textContent;
    expect(came).toBe('type string, sample <script>alert(1)</script> | `x` ]]> \\u001b[31m \\u202e [e-mail]');
  });

  it('is the same for the same run', () => {
    expect(renderHtml(models.failing)).toBe(renderHtml(models.failing));
  });
});
