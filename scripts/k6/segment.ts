/**
 * k6's flags for one of several runners, which share the lanes of a plan: lane i belongs to runner i mod `runners` + 1.
 * The same flags, in the same form, as those of k6-operator.
 */
export function segmentArguments(runner: number, runners: number): string[] {
  const mark = (part: number): string => (part === 0 ? '0' : part === runners ? '1' : `${part}/${runners}`);
  const sequence = Array.from({ length: runners + 1 }, (_, part) => mark(part)).join(',');
  return [`--execution-segment=${mark(runner - 1)}:${mark(runner)}`, `--execution-segment-sequence=${sequence}`];
}
