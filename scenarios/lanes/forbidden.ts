import type { Forbidden } from '../../contracts/redact.ts';

/** What the Node side has handed over; whoever starts k6 by hand gives nothing, and then only the plain keys are known. */
export function forbiddenIn(env: Readonly<Record<string, string>>, plainKeys: readonly string[]): Forbidden {
  const { FINI_REDACTION: forms, FINI_PERSONAL: personal } = env;
  return {
    keys: forms === undefined ? plainKeys.filter((key) => key !== '') : (JSON.parse(forms) as string[]),
    ...(personal === undefined ? { values: [], patterns: [], fields: [] } : (JSON.parse(open(personal)) as Personal)),
  };
}

type Personal = Omit<Forbidden, 'keys'>;
