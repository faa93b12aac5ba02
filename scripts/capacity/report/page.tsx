/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { instant } from '../../report/format.ts';
import { renderDocument } from '../../report/page/document.tsx';
import { FigureView } from '../../report/page/figure-view.tsx';
import { Scroll } from '../../report/page/scroll.tsx';
import { badAgainstRate, latencyAgainstRate, throughputAgainstConcurrency } from './figures.ts';
import { capacityFacts, levelCells, levelHeader, sensitivityTable } from './text.ts';

/** The report of a search as one static page. */
export function renderCapacityPage(result: CapacityResult): string {
  const { capacity, target } = result;
  const { header, rows } = sensitivityTable(capacity);
  return renderDocument(
    `Capacity: ${capacity.boundary}, ${result.runId}`,
    <>
      <header>
        <p class="overline">capacity · {result.runId}</p>
        <h1 class={MARKS[result.exitCode] ?? 'no-evidence'}>Capacity: {capacity.boundary}</h1>
        <p class="headline">{result.headline}</p>
        <p class="target">
          {target.embedded ? 'Reference server' : 'Service'} at <code>{target.baseUrl}</code>,{' '}
          {instant(Date.parse(result.createdAt))}.
        </p>
        {capacity.warnings.length > 0 && (
          <ul class="problems">
            {capacity.warnings.map((warning) => (
              <li>{warning}</li>
            ))}
          </ul>
        )}
      </header>
      <Table id="answer" title="Answer" rows={capacityFacts(capacity)} />
      <section id="figures">
        <h2>Levels</h2>
        {capacity.levels.length > 0 && <FigureView figure={badAgainstRate(capacity)} />}
        <div class="pair">
          {capacity.levels.length > 0 && <FigureView figure={latencyAgainstRate(capacity)} />}
          {capacity.closed.length > 0 && <FigureView figure={throughputAgainstConcurrency(capacity)} />}
        </div>
      </section>
      {capacity.levels.length > 0 && (
        <Table id="levels" title="Each level" header={levelHeader(capacity)} rows={levelCells(capacity)} />
      )}
      {rows.length > 0 && (
        <Table id="sensitivity" title="Other objectives, from the same turns" header={header} rows={rows} />
      )}
    </>,
  );
}

const MARKS: Readonly<Record<number, string>> = { 0: 'pass', 3: 'fail', 4: 'fail' };

interface TableProps {
  readonly id: string;
  readonly title: string;
  readonly header?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function Table({ id, title, header, rows }: TableProps): VNode {
  return (
    <section id={id}>
      <h2>{title}</h2>
      <Scroll label={title}>
        <table>
          {header && (
            <thead>
              <tr>
                {header.map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
          )}
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr>
                <th scope="row">{name}</th>
                {cells.map((cell) => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
