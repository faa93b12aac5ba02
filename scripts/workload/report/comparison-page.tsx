/** @jsxRuntime automatic @jsxImportSource preact */

import type { WorkloadComparison } from '../../../contracts/generated/workload-comparison.ts';
import { renderDocument } from '../../report/page/document.tsx';
import { FigureView } from '../../report/page/figure-view.tsx';
import { Notes } from '../../report/page/notes.tsx';
import { TableSection } from '../../report/page/table.tsx';
import type { ModelDescription } from '../shape/describe-model.ts';
import { cellsOf, HEAD, headlineOf, notesOf } from './comparison-text.ts';
import { weekFigure } from './figures.ts';
import { pairFigure } from './pair-figure.ts';

/** Two workloads as one static page: what differs, and each distribution of both. */
export function renderComparisonPage(
  comparison: WorkloadComparison,
  [a, b]: readonly [ModelDescription, ModelDescription],
): string {
  const { distributions } = comparison;
  const differs = distributions.some((it) => it.differs);
  const tone = distributions.length === 0 ? 'unsure' : differs ? 'fail' : 'pass';
  return renderDocument(
    `Workloads: ${a.name} and ${b.name}`,
    <>
      <header>
        <p class="overline">workloads</p>
        <h1 class={tone}>{headlineOf(comparison)}</h1>
        <Side name="A" model={a} />
        <Side name="B" model={b} />
        <Notes lines={notesOf(comparison)} />
      </header>
      {distributions.length > 0 && (
        <TableSection
          id="tests"
          title="Differences beyond chance"
          header={['Distribution', 'Result', ...HEAD.slice(1)]}
          rows={distributions.map((it) => {
            const [title = '', ...cells] = cellsOf(it);
            return [title, it.differs ? '✕ differs' : '✓ not found to differ', ...cells];
          })}
        />
      )}
      <Distributions a={a} b={b} />
    </>,
  );
}

/** Each distribution that both have, and the weeks of arrivals that there are. */
function Distributions({ a, b }: { a: ModelDescription; b: ModelDescription }) {
  const pairs = a.distributions.flatMap((left) => {
    const right = b.distributions.find(({ id }) => id === left.id);
    return right === undefined ? [] : [pairFigure(left, right)];
  });
  const weeks = [a, b].flatMap(({ week }, index) => {
    if (week.length === 0) return [];
    const side = index === 0 ? 'A' : 'B';
    const figure = weekFigure(week);
    return [{ ...figure, id: `week-${side.toLowerCase()}`, title: `${figure.title}, ${side}` }];
  });
  if (pairs.length + weeks.length === 0) return null;
  return (
    <section id="distributions">
      <h2>Distributions</h2>
      <div class="pair">
        {pairs.map((figure) => (
          <FigureView figure={figure} />
        ))}
      </div>
      {weeks.map((figure) => (
        <FigureView figure={figure} />
      ))}
    </section>
  );
}

function Side({ name, model }: { name: string; model: ModelDescription }) {
  return <p class="target">{[`${name}: ${model.name}`, ...model.facts].join(', ')}</p>;
}
