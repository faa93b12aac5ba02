import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { count, duration, plural } from '../../foundation/text/format.ts';
import type { RunRow } from '../answers.ts';
import { hrefOf, queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { ComparisonRuns } from './comparison-runs.tsx';
import { DriftFindings } from './drift-findings.tsx';
import { Live } from './live.tsx';
import { Standing, stateSentence, when } from './parts.tsx';
import { Search } from './search.tsx';
import { Title, Trouble } from './title.tsx';

const EVERY_MS = 2_000;

/** Whether nothing more comes: the report of a run is written a moment after its result. */
const isComplete = (row: RunRow | undefined): boolean =>
  row !== undefined && row.state !== 'running' && (row.state !== 'ended' || row.hasReport);

/** One run: its verdict, why, and the way to its turns; while it goes on, how it stands. */
export function RunPage({ run }: { run: string }): VNode {
  const { data, error } = useAnswer<RunRow>(`/api/run?${queryOf({ run })}`, (row) =>
    isComplete(row) ? undefined : EVERY_MS,
  );
  const [wasLive, setLive] = useState(false);
  if (data === undefined)
    return (
      <>
        <Title text="Run" />
        <Trouble error={error} />
      </>
    );
  const isLive = data.state !== 'ended' || wasLive;
  if (isLive && !wasLive) setLive(true);
  const hasTurns = data.kind === 'run';
  return (
    <>
      <p class="overline">
        {data.name} · {when(data.at)} {data.target && `· ${data.target}`}
      </p>
      <Title text={`${data.name} ${data.id}`}>
        <Standing row={data} />
      </Title>
      <Trouble error={error} />
      {/* The progress of a run says itself how it stands. */}
      {(data.reason || !(isLive && hasTurns)) && <p class="headline">{data.reason || stateSentence(data)}</p>}
      <Ways run={run} data={data} />
      {data.p95Ms !== null && (
        <p>
          p95 of user turns {duration(data.p95Ms)}, {plural(data.turns ?? 0, 'turn')}.
        </p>
      )}
      {isLive && hasTurns && <Live run={run} />}
      {data.kind === 'drift' && <DriftFindings run={run} state={data.state} />}
      {data.kind === 'capacity' && <Search run={run} />}
      {data.kind === 'comparison' && <ComparisonRuns run={run} state={data.state} />}
      {data.hasReport && (
        <section aria-labelledby="report">
          <h2 id="report">Report</h2>
          <iframe title="Report of the run" sandbox="" src={`/report?${queryOf({ run })}`} />
        </section>
      )}
    </>
  );
}

/** Where to look further: the turns, those that went wrong, the report. */
function Ways({ run, data }: { run: string; data: RunRow }): VNode {
  const { violations, failed, hasReport } = data;
  const hasTurns = data.kind === 'run';
  return (
    <p class="ways">
      {hasTurns && (
        <a class="button" href={hrefOf('turns', { run })}>
          Turns
        </a>
      )}
      {violations !== null && violations > 0 && hasTurns && (
        <a class="button" href={hrefOf('turns', { run, show: 'violations' })}>
          {count(violations)} with violations
        </a>
      )}
      {failed !== null && failed > 0 && hasTurns && (
        <a class="button" href={hrefOf('turns', { run, show: 'errors' })}>
          {count(failed)} failed
        </a>
      )}
      {hasReport && (
        <a class="button" href={`/report?${queryOf({ run })}`}>
          Whole report
        </a>
      )}
    </p>
  );
}
