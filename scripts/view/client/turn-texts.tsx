import type { VNode } from 'preact';
import type { TurnTexts as Texts, TurnViolation } from '../turn-answers.ts';
import { Scrolling } from './parts.tsx';

/** What was sent and answered, and beside the answer what it breaks. */
export function TurnTexts({ texts, violations }: { texts: Texts; violations: readonly TurnViolation[] }): VNode {
  return (
    <>
      <Body title="Sent, redacted" text={texts.request} />
      <div class="beside">
        {violations.length > 0 && (
          <ol class="breaches">
            {violations.map((violation) => (
              <Breach key={violation.location + violation.rule} violation={violation} />
            ))}
          </ol>
        )}
        {texts.answer === null ? <p>No answer came.</p> : <Body title="Answered, redacted" text={texts.answer} />}
      </div>
    </>
  );
}

function Breach({
  violation: { rule, class: kind, location: place, expected, observed },
}: {
  violation: TurnViolation;
}) {
  const facts = [
    ['Expected', expected],
    ['Observed', observed],
    ['Place', place],
  ] as const;
  return (
    <li>
      <code class="fail">{rule}</code> {kind}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Body({ title, text }: { title: string; text: string }): VNode {
  return (
    <figure class="body">
      <figcaption>{title}</figcaption>
      <Scrolling label={title}>
        <pre>{text}</pre>
      </Scrolling>
    </figure>
  );
}
