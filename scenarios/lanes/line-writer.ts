import { type Forbidden, HAS_ESCAPE, type Redact, redactor, redactStrings } from '../../contracts/redact.ts';

/** Hexadecimal digits and dashes; and a run of them that is in no UUID and in no hash that a ledger holds. */
const OF_AN_ID = /^[0-9a-fA-F-]+$/;
const TOO_LONG = /[0-9a-fA-F]{17}/;

/** Writes lines of a ledger. */
export interface LineWriter {
  /** Writes a line after a search for all that is forbidden, which takes longer than the line itself. */
  readonly write: (line: object) => void;
  /** Writes a line of JSON as it is: of numbers, the harness's own words, and what the two below say is clean. */
  readonly writeClean: (line: string) => void;
  /** Whether no UUID, and no hash of up to 16 digits, can hold what is forbidden. */
  readonly idsAreClean: boolean;
  /** Whether a text holds nothing forbidden, and is in JSON as it is. */
  readonly isClean: (text: string) => boolean;
}

/**
 * k6 sends the console to `turns.ndjson`, where it survives a SIGKILL. The one place where text leaves a scenario, so the
 * one place that takes secrets out of it.
 */
export function lineWriter(forbidden: Forbidden): LineWriter {
  const safe: Redact = redactor(forbidden);
  /** k6 makes the function anew at each look, and puts another console in its place after the script was loaded. */
  let log: ((line: string) => void) | undefined;
  const put = (line: string): void => {
    log ??= console.log;
    log(line);
  };
  return {
    write: (line) => {
      const text = JSON.stringify(line);
      // Nearly every line is clean. One that may not be is redacted text by text, so that it stays JSON.
      put(safe(text) === text && !HAS_ESCAPE.test(text) ? text : JSON.stringify(redactStrings(line, safe)));
    },
    writeClean: put,
    idsAreClean: !isInIds(forbidden),
    isClean: (text) => safe(text) === text && JSON.stringify(text) === `"${text}"`,
  };
}

function isInIds({ keys, values, patterns }: Forbidden): boolean {
  return patterns.length > 0 || [...keys, ...values].some((text) => OF_AN_ID.test(text) && !TOO_LONG.test(text));
}
