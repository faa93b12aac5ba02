import junit from 'junit-report-builder';
import { escaped, printable } from './printable.ts';

/** One test case of a JUnit report. What is not known is an error, never skipped: most readers show a skipped case as harmless. */
export interface JunitCase {
  readonly className: string;
  readonly name: string;
  readonly seconds?: number;
  readonly outcome?: {
    readonly kind: 'failure' | 'error';
    readonly type: string;
    readonly message: string;
    readonly details?: readonly string[];
  };
  readonly output?: readonly string[];
}

export interface JunitSuite {
  readonly name: string;
  readonly timestamp?: string;
  readonly cases: readonly JunitCase[];
}

/** JUnit XML, well-formed whatever its texts hold; none of its lines can hold a second one. Each suite and case has its time. */
export function junitXml(suites: readonly JunitSuite[]): string {
  const builder = junit.newBuilder();
  for (const { name, timestamp, cases } of suites) {
    const suite = builder.testSuite().name(printable(name));
    suite.time(cases.reduce((sum, { seconds = 0 }) => sum + seconds, 0));
    if (timestamp !== undefined) suite.timestamp(timestamp);
    for (const it of cases) addCase(suite, it);
  }
  return builder.build();
}

type Suite = ReturnType<ReturnType<typeof junit.newBuilder>['testSuite']>;

function addCase(suite: Suite, { className, name, seconds = 0, outcome, output = [] }: JunitCase): void {
  const test = suite.testCase().className(printable(className)).name(printable(name)).time(seconds);
  if (output.some((line) => line !== '')) test.standardOutput(cdata(output));
  if (outcome === undefined) return;
  const message = printable(outcome.message);
  const red = outcome.kind === 'failure' ? test.failure(message, outcome.type) : test.error(message, outcome.type);
  if (outcome.details?.length) red.stacktrace(cdata(outcome.details));
}

/** The library puts it into CDATA, and makes only the first end in it harmless. */
const cdata = (lines: readonly string[]): string =>
  lines.map((line) => printable(line).replaceAll(']]>', `]]${escaped('>')}`)).join('\n');
