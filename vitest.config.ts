import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of processes: k6, the command line, Chromium, npm. */
const PROCESSES = [
  'tests/e2e/**/*.test.ts',
  'tests/package/*.test.ts',
  'tests/proofs/{drift/trial,faults/faults,kills/kill}.test.ts',
  'tests/tools/*.test.ts',
  'tests/**/*.{browser,e2e}.test.ts',
  'tests/cli/{bin,stop-signals}.test.ts',
  'tests/drift/{files,limits}.test.ts',
  'tests/k6/run-k6.test.ts',
  'tests/run/admission/claim.test.ts',
  'tests/secrets/{canary,tls}.test.ts',
];
/** Tests that replace modules, which others would be left with. */
const MOCKING = ['tests/audit/gather.test.ts', 'tests/scenarios/{breaker,discover}.test.ts'];

/** Begin first: one that begins last leaves a core idle. Vitest knows that of a checkout that was tested before, not of a new one. */
const LONGEST = [
  'capacity/search/capacity-search',
  'capacity/search/labels',
  'hostile-text',
  'proofs/drift/trial',
  'package/package',
  'proofs/faults/faults',
  'e2e/interleave',
  'capacity/capacity.e2e',
  'e2e/verdicts',
  'e2e/hostile-bodies',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

const APART = [...PROCESSES, ...MOCKING];
/** Far beyond what any test takes alone: a busy machine is no failure. */
const TIMEOUTS = { testTimeout: 240_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    globalSetup: 'tests/global-setup.ts',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          ...TIMEOUTS,
          name: 'units',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: APART,
          // A small file takes longer to load what it tests than to test it: files in one process load it once.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...TIMEOUTS,
          name: 'processes',
          include: APART,
          // They wait for other processes most of their time.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
