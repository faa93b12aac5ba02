/** How bad a breach is, worst first. See docs/contract.md for the decision rule of each. */
export const VIOLATION_CLASSES = ['critical', 'breaking', 'behavioural', 'additive', 'statistical'] as const;
export type ViolationClass = (typeof VIOLATION_CLASSES)[number];

/** What the contract allows at a place, as small data: `{ type: 'integer', unit: 'ms' }`. */
export type Expected = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number | boolean | null)[]>
>;

/** What came instead: its JSON type and at most 80 characters of it. Redacted when a ledger line is written. */
export interface Observed {
  readonly type: string;
  readonly sample: string;
}

/** One breach of the contract by one answer, as data. */
export interface Violation {
  /** The rule's id, stable over versions: `response-property-type-changed`. */
  readonly rule: string;
  readonly class: ViolationClass;
  /** RFC 6901 pointer as URI fragment: `#/responses/200/body/1/createdAt`. */
  readonly location: string;
  // The location with array indices folded to a star, so that equal breaches group (a block comment cannot hold it).
  readonly template: string;
  readonly expected: Expected;
  readonly observed: Observed;
}

/** Classes that make an answer bad: it is not what the contract promises. */
export const FAILING_CLASSES: readonly ViolationClass[] = ['critical', 'breaking', 'behavioural'];
