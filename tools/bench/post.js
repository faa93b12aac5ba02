import { sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';

// What k6 users write by hand: a VU for each conversation. Its arguments come from scripts/proofs/bench/contenders.ts.
const { url, apiKey, botId, content, concurrency, rampMs, durationMs, turns } = JSON.parse(__ENV.BENCH);
const maxDuration = `${durationMs}ms`;

export const options = {
  scenarios: {
    post:
      turns === undefined
        ? { executor: 'constant-vus', vus: concurrency, duration: maxDuration, gracefulStop: '60s' }
        : { executor: 'shared-iterations', vus: concurrency, iterations: turns, maxDuration },
  },
  batch: concurrency,
  batchPerHost: concurrency,
};

const params = {
  headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
  redirects: 0,
  tags: { name: 'generate-answer' },
};

/** Sends one turn with the body that the harness would send. VUs start spread over the ramp, as the harness's do. */
export function post() {
  const number = exec.vu.idInTest - 1;
  if (exec.vu.iterationInScenario === 0) sleep((rampMs * number) / concurrency / 1000);
  const conversation = number + exec.vu.iterationInScenario * concurrency;
  const metadata = { fini_harness: { run: 'bench', conversation } };
  return http.post(url, JSON.stringify({ botId, role: 'user', content, metadata }), params);
}
