/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import type { Comparison } from '../../../contracts/generated/comparison.ts';
import { duration, gateLimit, interval, plural, probability, share, shareOf } from '../../foundation/text/format.ts';
import { renderDocument } from '../../report/page/document.tsx';
import { FigureView } from '../../report/page/figure-view.tsx';
import { Scroll } from '../../report/page/scroll.tsx';
import { effectName, effectsFigure, runsFigure } from './figures.ts';
import { Header } from './header.tsx';
import { type ComparisonModel, change } from './model.ts';
import { armValue, failureProbability } from './rows.ts';
import { OUTCOMES } from './sentences.ts';

/** A comparison as one static page. */
export function renderComparisonHtml(model: ComparisonModel): string {
  const { comparison } = model;
  return renderDocument(
    `${OUTCOMES[comparison.outcome].word}: comparison`,
    <>
      <Header model={model} />
      {comparison.effects.length > 0 && (
        <section id="latency">
          <h2>Latency</h2>
          <FigureView figure={effectsFigure(model)} />
          <FigureView figure={runsFigure(model)} />
          <Effects comparison={comparison} />
        </section>
      )}
      <Failures comparison={comparison} />
      <Gates comparison={comparison} />
      <CertaintyOf comparison={comparison} />
    </>,
  );
}

function Effects({ comparison: { effects } }: { comparison: Comparison }): VNode {
  return (
    <Scroll label="Effects">
      <table>
        <thead>
          <tr>
            <th scope="col">Effect</th>
            {['Baseline', 'Candidate', 'Change', '95% limits', 'p'].map((head) => (
              <th scope="col" class="number">
                {head}
              </th>
            ))}
            <th scope="col">Decides</th>
          </tr>
        </thead>
        <tbody>
          {effects.map((effect) => (
            <tr>
              <th scope="row">{effectName(effect)}</th>
              <td class="number">{duration(effect.baseline)}</td>
              <td class="number">{duration(effect.candidate)}</td>
              <td class="number strong">{change(effect.ratio)}</td>
              <td class="number">{interval(effect, change)}</td>
              <td class="number">{probability(effect.p)}</td>
              <td>{effect.decides ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Failures({ comparison: { errors, violations } }: { comparison: Comparison }): VNode {
  const p = failureProbability(errors);
  return (
    <section id="failures">
      <h2>Errors and contract</h2>
      <dl class="ruled">
        <div>
          <dt>Failed turns, baseline</dt>
          <dd>
            {shareOf(errors.baseline)} {interval(errors.baseline, share)}
          </dd>
        </div>
        <div>
          <dt>Failed turns, candidate</dt>
          <dd>
            {shareOf(errors.candidate)} {interval(errors.candidate, share)}
            {p && `; p = ${p}`}
          </dd>
        </div>
        {violations.map(({ rule, class: kind, count: turns, isNew }) => (
          <div>
            <dt>
              <code>{rule}</code> <span class="fail">{kind}</span>
            </dt>
            <dd>
              {plural(turns, 'turn')} of the candidate{isNew && ', none of the baseline'}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Gates({ comparison: { gates } }: { comparison: Comparison }): VNode | null {
  if (gates.length === 0) return null;
  return (
    <section id="gates">
      <h2>Gates</h2>
      <p>
        Means over runs, and how many runs passed. A gate that passed before and fails now with confidence is a
        regression.
      </p>
      <Scroll label="Gates">
        <table>
          <thead>
            <tr>
              <th scope="col">Gate</th>
              {['Baseline', 'Candidate', 'Passed before', 'Passed now'].map((head) => (
                <th scope="col" class="number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {gates.map(({ baseline, candidate, ...gate }) => (
              <tr>
                <th scope="row">
                  <code>{gate.metric}</code> {gateLimit(gate)}
                </th>
                <td class="number">{armValue(gate.metric, baseline)}</td>
                <td class="number">{armValue(gate.metric, candidate)}</td>
                <td class="number">
                  {baseline.passed} of {baseline.runs}
                </td>
                <td class={candidate.passed < candidate.runs ? 'number fail' : 'number'}>
                  {candidate.passed} of {candidate.runs}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function CertaintyOf({ comparison: { certainty } }: { comparison: Comparison }): VNode {
  const { detectable, tolerated, furtherPairs, furtherTurns } = certainty;
  return (
    <section id="certainty">
      <h2>Certainty</h2>
      <p>
        {detectable === null
          ? 'The smallest detectable effect cannot be computed from these runs.'
          : `Four of five such comparisons would detect a p95 that is ${change(detectable)} higher.`}{' '}
        Up to {change(tolerated)} is tolerated.
      </p>
      {furtherPairs !== null && furtherTurns !== null && (
        <p>
          Were the effect as it looks now, {plural(furtherPairs, 'more pair')} of runs ({plural(furtherTurns, 'turn')})
          would decide it.
        </p>
      )}
    </section>
  );
}
