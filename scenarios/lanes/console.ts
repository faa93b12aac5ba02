import { type Forbidden, type Redact, redactor, redactStrings } from '../../contracts/redact.ts';

/**
 * The redaction that the Node side has prepared, as JSON; whoever starts k6 by hand gives none, and then it knows the
 * keys only as they are.
 */
export function redactionOf(json: string | undefined, keys: readonly string[]): Forbidden {
  if (json !== undefined) return JSON.parse(json) as Forbidden;
  return { keys: keys.filter((key) => key !== ''), values: [], patterns: [], fields: [] };
}

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
