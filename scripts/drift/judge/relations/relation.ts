import type { Expected } from '../../../../contracts/violation.ts';
import type { Probe } from '../../sighting.ts';

/**
 * Two values of which the reference does not say that they agree, and whether they do: of one answer, of two, or of an
 * answer and its request. Where they agree in all accepted runs, clients may count on it.
 */
export interface Relation {
  /** Equal for what is compared in the same way; a sentence. */
  readonly name: string;
  readonly probe: Probe;
  /** Of the value that differs where they do not agree, as in a sighting. */
  readonly place: string;
  readonly holds: boolean;
  /** Where it is no matter of chance, such as of what was sent: it needs no habit of many values. */
  readonly isSure?: true;
  /** The conversation that it is of: one that differs may be one that somebody changed. */
  readonly subject?: string;
  /** Whether it is of what is stored, where chance has no part: fewer are enough if it never holds. */
  readonly isStored?: boolean;
  readonly expected: Expected;
  readonly value?: unknown;
}

/** A value that may always be the same one: where it was in all accepted runs, clients may count on it. */
export interface ValueRelation extends Omit<Relation, 'name' | 'holds' | 'expected'> {
  /** Equal for values of one sort; words. */
  readonly feature: string;
  /** What it is of: a value that many answers show of one object is one value. */
  readonly subject: string;
}
