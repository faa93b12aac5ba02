/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { Capacity } from '../../../contracts/generated/capacity.ts';
import type { Forecast } from '../../../contracts/generated/forecast.ts';
import { FigureView } from '../../report/page/figure-view.tsx';
import { Table } from '../../report/page/table.tsx';
import { demandOverTime } from './demand-figure.ts';
import { MORE_NOTE, moreCells, moreHeader, planningFacts, planningSentence } from './planning-text.ts';

/** Demand held against the capacity: how much is left, until when, and what more would need. */
export function Planning({ forecast, capacity }: { forecast: Forecast; capacity: Capacity }): VNode {
  return (
    <section id="planning">
      <h2>Planning</h2>
      <p class="headline">{planningSentence(forecast)}</p>
      <FigureView figure={demandOverTime(forecast, capacity)} />
      <Table title="Demand and headroom" rows={planningFacts(forecast)} />
      <h3>What larger peaks need</h3>
      <Table title="What larger peaks need" header={moreHeader} rows={moreCells(forecast)} />
      <p class="soft">{MORE_NOTE}</p>
    </section>
  );
}
