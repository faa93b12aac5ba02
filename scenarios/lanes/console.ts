import { type Forbidden, type Redact, redactor, redactStrings } from '../../contracts/redact.ts';

/** What the Node side has handed over; whoever starts k6 by hand gives nothing, and then only the plain keys are known. */
export function forbiddenIn(env: Readonly<Record<string, string>>, plainKeys: readonly string[]): Forbidden {
  const { FINI_REDACTION: forms, FINI_PERSONAL: personal } = env;
  return {
    keys: forms === undefined ? plainKeys.filter((key) => key !== '') : (JSON.parse(forms) as string[]),
    ...(personal === undefined ? { values: [], patterns: [], fields: [] } : (JSON.parse(open(personal)) as Personal)),
  };
}

type Personal = Omit<Forbidden, 'keys'>;

/**
 * Writes lines of a ledger: k6 sends the console to `turns.ndjson`, where it survives a SIGKILL.
 * The one place where text leaves a scenario, so the one place that takes secrets out of it.
 */
export function lineWriter(forbidden: Forbidden): (line: object) => void {
  const safe: Redact = redactor(forbidden);
  return (line) => {
    const text = JSON.stringify(line);
    // Nearly every line is clean. One that is not is redacted text by text, so that it stays JSON.
    console.log(safe(text) === text ? text : JSON.stringify(redactStrings(line, safe)));
  };
}
