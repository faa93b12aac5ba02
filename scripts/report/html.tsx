/** @jsxRuntime automatic @jsxImportSource preact */
import { readFileSync } from 'node:fs';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { distribution, percentileCurve } from './figures/distribution.ts';
import { inFlight, rates } from './figures/flow.ts';
import { heatMap } from './figures/heat-map.ts';
import { latencyOverTime } from './figures/latency-over-time.ts';
import { stageFigures } from './figures/stages.ts';
import { timeline } from './figures/timeline.ts';
import { latencyRows, type ReportModel, VERDICTS } from './model.ts';
import { Contract } from './page/contract.tsx';
import { FigureView } from './page/figure-view.tsx';
import { Gates } from './page/gates.tsx';
import { LatencyTable } from './page/latency-table.tsx';
import { RunFacts } from './page/run-facts.tsx';
import { Outcomes, Slowest } from './page/turns.tsx';
import { Verdict } from './page/verdict.tsx';
import { paletteCss } from './palette.ts';

const css = readFileSync(new URL('./page/page.css', import.meta.url), 'utf8');

/** The report as one static page: no script, no request, readable without its styles and on paper. */
export function renderHtml(model: ReportModel): string {
  return `<!doctype html>\n${renderToString(<Page model={model} />)}\n`;
}

function Page({ model }: { model: ReportModel }): VNode {
  const { result } = model;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${VERDICTS[result.verdict].word}: ${result.scenario}, ${result.runId}`}</title>
        <style dangerouslySetInnerHTML={{ __html: paletteCss() + css }} />
      </head>
      <body>
        <main>
          <Verdict model={model} />
          <Gates result={result} />
          {model.series.buckets.some(({ started }) => started > 0) && <Figures model={model} />}
          <Contract result={result} />
          <Outcomes result={result} />
          <RunFacts model={model} />
        </main>
      </body>
    </html>
  );
}

function Figures({ model }: { model: ReportModel }): VNode {
  const stages = stageFigures(model);
  return (
    <>
      <section id="over-time">
        <h2>Over time</h2>
        <FigureView figure={timeline(model)} />
        <FigureView figure={latencyOverTime(model)} />
        <FigureView figure={heatMap(model)} />
        <div class="pair">
          <FigureView figure={rates(model)} />
          <FigureView figure={inFlight(model)} />
        </div>
      </section>
      <section id="latency">
        <h2>Latency</h2>
        <div class="pair">
          <FigureView figure={distribution(model)} />
          <FigureView figure={percentileCurve(model)} />
        </div>
        {stages.length > 0 && <h3>By stage</h3>}
        <div class="pair">
          {stages.map((figure) => (
            <FigureView figure={figure} level={4} />
          ))}
        </div>
        <LatencyTable rows={latencyRows(model.result)} />
        <Slowest turns={model.result.slowest ?? []} />
      </section>
    </>
  );
}
