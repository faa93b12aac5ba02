/** The one table of exit codes; README.md shows the same. */
export const EXIT = {
  pass: 0,
  harnessFault: 1,
  usage: 2,
  gateFailed: 3,
  contractViolated: 4,
  regression: 5,
  noEvidence: 6,
  refused: 7,
  unreachable: 8,
  leaked: 9,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
