/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import { VERDICTS } from '../foundation/text/verdicts.ts';
import { distribution, percentileCurve } from './figures/distribution.ts';
import { inFlight, rates } from './figures/flow.ts';
import { heatMap } from './figures/heat-map.ts';
import { latencyOverTime } from './figures/latency-over-time.ts';
import { stageFigures } from './figures/stages.ts';
import { timeline } from './figures/timeline.ts';
import { latencyRows, type ReportModel } from './model.ts';
import { AuditSection } from './page/audit.tsx';
import { Contract } from './page/contract.tsx';
import { renderDocument } from './page/document.tsx';
import { FigureView } from './page/figure-view.tsx';
import { Gates } from './page/gates.tsx';
import { LatencyTable } from './page/latency-table.tsx';
import { RunFacts } from './page/run-facts.tsx';
import { Outcomes, Slowest } from './page/turns.tsx';
import { Verdict } from './page/verdict.tsx';

/** The report of a run as one static page. */
export function renderHtml(model: ReportModel): string {
  const { result, series, audit } = model;
  return renderDocument(
    `${VERDICTS[result.verdict].word}: ${result.scenario}, ${result.runId}`,
    <>
      <Verdict model={model} />
      <Gates result={result} />
      {series.buckets.some(({ started }) => started > 0) && <Figures model={model} />}
      <Contract result={result} />
      {audit && <AuditSection audit={audit} />}
      <Outcomes result={result} />
      <RunFacts model={model} />
    </>,
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
        <Slowest turns={model.result.slowest ?? []} plan={model.plan} />
      </section>
    </>
  );
}
