import { describe, expect, test } from 'vitest';
import { k6End } from '../../scripts/k6/k6-end.ts';
import { k6Environment } from '../../scripts/k6/k6-environment.ts';
import { checkPassthrough } from '../../scripts/k6/passthrough.ts';

describe('flags after --', () => {
  test.each([
    [[]],
    [['--out', 'json=a.json']],
    [['--out=json=a.json', '-o', 'csv=b.csv', '-ocsv=c.csv']],
    [['--tag', 'build=7', '--tag=branch=main']],
    [['-v', '--verbose', '--out', 'cloud']],
  ])('%j pass unchanged', (args) => expect(checkPassthrough(args)).toEqual(args));

  test.each([
    [['--vus', '3'], /--vus cannot be passed to k6.*use --concurrency/],
    [['--vus=3'], /--vus cannot be passed/],
    [['-u3'], /-u cannot be passed.*--concurrency/],
    [['-d', '2s'], /-d cannot be passed.*--duration/],
    [['--iterations', '9'], /use --conversations/],
    [['--stage', '1s:2'], /stages of a scenario/],
    [['--config', 'x.json'], /use --config before the --/],
    [['--execution-segment', '0:1/2'], /--execution-segment cannot be passed/],
    [['--http-debug'], /would write the API key/],
    [['--http-debug=full'], /would write the API key/],
    [['--console-output', 'x'], /turns\.ndjson/],
    [['-vu3'], /-vu3|-v cannot be passed/],
    [['--no-thresholds'], /only --out, --tag and --verbose are allowed/],
    [['--outx', 'json'], /--outx cannot be passed/],
    [['--out', 'json', 'other.js'], /other\.js after --/],
    [['--out', 'json', '--', 'x'], /-- cannot be passed/],
    [['--out'], /--out after -- needs a value/],
    [['--tag', '--vus'], /--tag after -- needs a value/],
    [['-'], /- cannot be passed/],
    [[''], /after --/],
  ])('%j: refused', (args, message) => {
    expect(() => checkPassthrough(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
    expect(() => checkPassthrough(args)).toThrow(message);
  });
});

test("k6's environment has no inherited K6_ variable but those of outputs", () => {
  const env = {
    PATH: '/bin',
    K6_VUS: '3',
    K6_OUT: 'json',
    K6_CONFIG: 'x',
    K6_NO_SETUP: 'true',
    FINI_PLAN: 'p',
    K6X: 'y',
  };
  const outputs = { K6_PROMETHEUS_RW_SERVER_URL: 'http://127.0.0.1:9090' };
  const kept = { PATH: '/bin', FINI_PLAN: 'p', K6X: 'y', ...outputs };
  expect(k6Environment({ ...env, ...outputs, UNSET: undefined })).toEqual(kept);
});

const OWN_END = { exitCode: 0, signal: undefined, stopped: false, ledgerLost: false };
test.each([
  [OWN_END, 'finished'],
  [{ ...OWN_END, exitCode: 99 }, 'finished'],
  [{ ...OWN_END, exitCode: 105 }, 'interrupted'],
  [{ ...OWN_END, exitCode: 0, stopped: true }, 'interrupted'],
  [{ ...OWN_END, exitCode: undefined, signal: 'SIGKILL', stopped: true }, 'interrupted'],
  [{ ...OWN_END, exitCode: undefined, signal: 'SIGKILL' }, 'killed'],
  [{ ...OWN_END, exitCode: 107 }, 'scenario-error'],
  [{ ...OWN_END, exitCode: 108 }, 'scenario-error'],
  [{ ...OWN_END, exitCode: 104 }, 'fault'],
  [{ ...OWN_END, exitCode: 109 }, 'fault'],
  [{ ...OWN_END, exitCode: 0, ledgerLost: true }, 'ledger-lost'],
  [{ ...OWN_END, exitCode: undefined, signal: 'SIGKILL', ledgerLost: true }, 'ledger-lost'],
])('%j: %s', (status, end) => expect(k6End(status)).toBe(end));
