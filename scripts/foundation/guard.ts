import type { Config } from '../../contracts/generated/config.ts';
import type { Forbidden, Redact } from '../../contracts/redact.ts';

export type PersonalData = NonNullable<Config['personalData']>;
export type Variables = Readonly<Record<string, string | undefined>>;

/** For what is private, or was redacted already: nothing else may be written as it is. */
export const unredacted: Redact = (text) => text;

/** Something to look for in what was written, and how to speak of it without showing it. */
export interface Needle {
  readonly text: string;
  /** `FINI_API_KEY, base64`. */
  readonly what: string;
}

/**
 * What one process knows of keys and personal data, and takes out of all that it writes: the one place that text goes
 * through on its way out.
 */
export interface Guard {
  /** From now on nothing that is written holds the FINI_*KEY variables among these. */
  readonly protectKeys: (variables: Variables) => void;
  /** Nor these; values of fields come by `protectValues`. */
  readonly protectPersonal: (data: PersonalData | undefined) => void;
  readonly protectValues: (values: readonly string[]) => void;
  readonly redact: Redact;
  /** A folder or file of results: at the end of the command it is searched. */
  readonly watch: (path: string) => void;
  readonly watched: () => readonly string[];
  /** For the other side of the wall, which knows no keys by itself. */
  readonly forbidden: () => Forbidden;
  /** Texts whose presence shows that the redaction missed something; patterns and e-mail addresses come on top. */
  readonly needles: () => readonly Needle[];
}
