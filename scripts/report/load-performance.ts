import type { Result } from '../../contracts/generated/result.ts';

/** The metrics of a k6 summary that GitLab's load performance report reads; a metric that is not there has no row. */
interface LoadPerformance {
  readonly metrics: {
    readonly http_reqs?: { readonly count: number; readonly rate: number };
    readonly http_req_waiting?: { readonly 'p(90)': number; readonly 'p(95)': number };
    readonly checks?: { readonly passes: number; readonly fails: number };
  };
}

/**
 * A run as GitLab's load performance report, which shows four numbers in a merge request beside those of the target branch:
 * RPS is user turns completed a second, "TTFB" is the latency of user turns from the intended start to the whole answer (ms),
 * and checks are turns that were good and were not. All of the measured window; what is not known is left out.
 * @see https://docs.gitlab.com/ci/testing/load_performance_testing/
 */
export function renderLoadPerformance({ latency, throughput, goodput }: Result): string {
  const row = latency.find(({ role, stage }) => role === 'user' && stage === 'measured');
  const [p90, p95] = [row?.p90.value ?? null, row?.p95.value ?? null];
  const report: LoadPerformance = {
    metrics: {
      ...(throughput && goodput && { http_reqs: { count: goodput.n, rate: throughput.completedPerSecond } }),
      ...(p90 !== null && p95 !== null && { http_req_waiting: { 'p(90)': p90, 'p(95)': p95 } }),
      ...(goodput && goodput.n > 0 && { checks: { passes: goodput.k, fails: goodput.n - goodput.k } }),
    },
  };
  return `${JSON.stringify(report)}\n`;
}
