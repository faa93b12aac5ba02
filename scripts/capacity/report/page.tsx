/** @jsxRuntime automatic @jsxImportSource preact */
import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { instant } from '../../foundation/text/format.ts';
import { shownUrl } from '../../foundation/text/target.ts';
import { renderDocument } from '../../report/page/document.tsx';
import { FigureView } from '../../report/page/figure-view.tsx';
import { Next } from '../../report/page/next.tsx';
import { Notes } from '../../report/page/notes.tsx';
import { TableSection } from '../../report/page/table.tsx';
import { badAgainstRate, latencyAgainstRate, throughputAgainstConcurrency } from './figures.ts';
import { CHECKS, checkCells, checkHeader } from './level-checks.ts';
import { capacitySteps } from './next-steps.ts';
import { Planning } from './planning.tsx';
import { AT_LEAST, sensitivityTable } from './sensitivity-table.ts';
import { headlineOf } from './sentences.ts';
import { answerOf, CLUSTERING, capacityFacts, levelCells, levelHeader } from './text.ts';
import { warningsOf } from './warnings.ts';

/** The report of a search as one static page. */
export function renderCapacityPage(result: CapacityResult): string {
  const { capacity, forecast, target } = result;
  const { header, rows } = sensitivityTable(result);
  const warnings = warningsOf(result);
  return renderDocument(
    `Capacity: ${answerOf(capacity)}, ${result.runId}`,
    <>
      <header>
        <p class="overline">capacity · {result.runId}</p>
        <h1 class={MARKS[result.exitCode] ?? 'no-evidence'}>{answerOf(capacity)}</h1>
        <p class="headline">{headlineOf(result)}</p>
        <p class="target">
          {target.embedded ? 'Reference server' : 'Service'} at <code>{shownUrl(target)}</code>,{' '}
          {instant(Date.parse(result.createdAt))}.
        </p>
        <Notes lines={warnings} />
        <Next steps={capacitySteps(result)} />
      </header>
      <TableSection id="answer" title="Answer" rows={capacityFacts(capacity)} />
      {forecast && <Planning forecast={forecast} capacity={capacity} />}
      <section id="figures">
        <h2>Levels</h2>
        {capacity.levels.length > 0 && <FigureView figure={badAgainstRate(capacity)} />}
        <div class="pair">
          {capacity.levels.length > 0 && <FigureView figure={latencyAgainstRate(capacity)} />}
          {capacity.closed.length > 0 && <FigureView figure={throughputAgainstConcurrency(capacity)} />}
        </div>
      </section>
      {capacity.levels.length > 0 && (
        <>
          <TableSection id="levels" title="Each level" header={levelHeader(capacity)} rows={levelCells(capacity)} />
          <p>{CLUSTERING}</p>
        </>
      )}
      {capacity.levels.length > 0 && (
        <>
          <TableSection id="checks" title="Checks of each level" header={checkHeader} rows={checkCells(capacity)} />
          <p>{CHECKS}</p>
        </>
      )}
      {rows.length > 0 && (
        <>
          <TableSection id="sensitivity" title="Other objectives, from the same turns" header={header} rows={rows} />
          {rows.flat().some((cell) => cell.startsWith('≥')) && <p>{AT_LEAST}</p>}
        </>
      )}
    </>,
  );
}

const MARKS: Readonly<Record<number, string>> = { 0: 'pass', 3: 'fail', 4: 'fail' };
