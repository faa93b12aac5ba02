/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import { isDuration, isShare } from '../../../contracts/gate-metric.ts';
import type { GateResult, Result } from '../../../contracts/generated/result.ts';
import { count, gateLimit, gateObserved, interval, metricUnit } from '../../foundation/text/format.ts';
import { gatesOffText } from '../../foundation/text/gates-off.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import { gateSentence } from '../gate-sentence.ts';
import { explained, offenders } from '../offenders.ts';
import { PALETTE } from '../palette.ts';
import { Scroll } from './scroll.tsx';

/** One row a gate: what was asked, what was seen, how sure that is; under a missed one its worst offenders. */
export function Gates({ result }: { result: Result }): VNode {
  const off = gatesOffText(result);
  return (
    <section id="gates">
      <h2>Gates</h2>
      <Scroll label="Gates">
        <table>
          <thead>
            <tr>
              <th scope="col">Verdict</th>
              <th scope="col">Gate</th>
              <th scope="col" class="number">
                Observed
              </th>
              <th scope="col">95% interval</th>
              <th scope="col">Observed against limit</th>
              <th scope="col" class="number">
                n
              </th>
              <th scope="col" class="number">
                Effective
              </th>
            </tr>
          </thead>
          <tbody>
            {result.gates.map((gate) => (
              <Gate gate={gate} result={result} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {off !== undefined && <p class="note">{off}.</p>}
    </section>
  );
}

function Gate({ gate, result }: { gate: GateResult; result: Result }): VNode {
  const { mark, word } = VERDICTS[gate.verdict];
  const told = explained(result).includes(gate);
  const worst = offenders(gate, result);
  return (
    <>
      <tr>
        <td class={gate.verdict}>
          <b>
            {mark} {word}
          </b>
        </td>
        <th scope="row">
          <code>{gate.metric}</code> {gateLimit(gate)}
        </th>
        <td class="number strong">{gateObserved(gate)}</td>
        <td>{interval(gate.observed, metricUnit(gate.metric))}</td>
        <td>
          <Bullet gate={gate} />
        </td>
        <td class="number">{count(gate.n)}</td>
        <td class="number">{isDuration(gate.metric) ? count(gate.nEffective) : ''}</td>
      </tr>
      {told && (
        <tr class="why">
          <td class="gutter" />
          <td colSpan={6}>
            <div>
              {gateSentence(gate, result)}
              {worst.length > 0 && (
                <ul>
                  {worst.map((line) => (
                    <li>{line}</li>
                  ))}
                </ul>
              )}
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

const WIDTH = 168;

/** Where the observed value and its interval lie on a scale from 0, with the side that passes shaded. */
function Bullet({ gate: { op, limit, observed, metric } }: { gate: GateResult }): VNode | null {
  const { value, lower, upper } = observed;
  if (value === null || limit === 0) return null;
  const most = isShare(metric) && op.startsWith('>') ? 1 : 1.25 * Math.max(limit, value, upper ?? value);
  const at = (it: number) => Number(((it / most) * WIDTH).toFixed(1));
  const [from, to] = op.startsWith('<') ? [0, at(limit)] : [at(limit), WIDTH];
  return (
    <svg class="bullet" width={WIDTH} height="18" aria-hidden="true" viewBox={`0 0 ${WIDTH} 18`}>
      <rect class="f-line" fill={PALETTE.line.light} x={from} y="5" width={to - from} height="8" />
      <path class="s-ink" stroke={PALETTE.ink.light} stroke-width="2" d={`M${at(limit)} 1v16`} />
      <path
        class="s-p95"
        stroke={PALETTE.p95.light}
        stroke-width="2"
        d={`M${at(lower ?? value)} 9H${at(upper ?? most)}`}
      />
      <circle class="f-p50" fill={PALETTE.p50.light} cx={at(value)} cy="9" r="4" />
    </svg>
  );
}
