/** @jsxRuntime automatic @jsxImportSource preact */

import { renderDocument } from '../../report/page/document.tsx';
import { FigureView } from '../../report/page/figure-view.tsx';
import { Notes } from '../../report/page/notes.tsx';
import { TableSection } from '../../report/page/table.tsx';
import { type ModelDescription, QUANTILES } from '../shape/describe-model.ts';
import { arrivalsWarning } from './arrivals-warning.ts';
import { barFigure, weekFigure } from './figures.ts';

/** Pages are one module: a module that loads on demand is a file of the package. */
export { renderComparisonPage } from './comparison-page.tsx';

/** A model as one static page: a table of its numbers, a figure for each distribution. */
export function renderModelPage({ name, facts, distributions, week, warnings }: ModelDescription): string {
  const numbers = distributions.filter(({ quantiles }) => quantiles !== undefined);
  return renderDocument(
    `Workload: ${name}`,
    <>
      <header>
        <p class="overline">workload</p>
        <h1>{name}</h1>
        {facts.map((fact) => (
          <p class="target">{fact}</p>
        ))}
        <Notes lines={warnings.map(arrivalsWarning)} />
      </header>
      {numbers.length > 0 && (
        <TableSection
          id="numbers"
          title="Turns, pauses and lengths"
          header={['Distribution', ...QUANTILES, 'sample']}
          rows={numbers.map(({ title, quantiles = [], sample }) => [title, ...quantiles, sample])}
        />
      )}
      <section id="distributions">
        <h2>Distributions</h2>
        {week.length > 0 && <FigureView figure={weekFigure(week)} />}
        <div class="pair">
          {distributions.map((it) => (
            <FigureView figure={barFigure(it)} />
          ))}
        </div>
      </section>
    </>,
  );
}
