import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { renderOpenMetrics } from '../../scripts/report/open-metrics.ts';
import { type OtlpRequest, otlpRequest } from '../../scripts/report/otlp.ts';
import schema from './otlp-request.schema.json' with { type: 'json' };
import { sampleModel } from './sample-model.ts';

const validate = new Ajv2020().compile(schema);
let result: Result;
beforeAll(async () => {
  ({ result } = await sampleModel('failing'));
});

const labelsOf = (attributes: readonly { key: string; value: { stringValue: string } }[]): Record<string, string> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));

/** As `name{a="b"} 1`, in one order. */
function lines({ resourceMetrics: [{ scopeMetrics }] }: OtlpRequest): string[] {
  return scopeMetrics[0].metrics.flatMap(({ name, gauge: { dataPoints } }) =>
    dataPoints.map(({ attributes, asDouble }) => {
      const labels = Object.entries(labelsOf(attributes)).map(([key, value]) => `${key}="${value}"`);
      return `${name}{${labels.join(',')}} ${asDouble}`;
    }),
  );
}

describe('the metrics of a run for OpenTelemetry', () => {
  it('follow the protocol', () => {
    expect(validate(otlpRequest(result)) || validate.errors).toBe(true);
  });

  it('are those of metrics.prom, sample by sample', async () => {
    const prom = (await renderOpenMetrics(result)).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines(otlpRequest(result)).sort()).toEqual(prom.sort());
  });

  it('name the run, the scenario and the host, at the end of the run', () => {
    const { resourceMetrics } = otlpRequest(result);
    expect(labelsOf(resourceMetrics[0].resource.attributes)).toEqual({
      'service.name': 'fini-harness',
      'service.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
      'fini.run.id': result.runId,
      'fini.scenario': 'stress',
      'server.address': '127.0.0.1',
    });
    const { startedAt, lastedMs } = result.window;
    const [point] = resourceMetrics[0].scopeMetrics[0].metrics[0]?.gauge.dataPoints ?? [];
    expect(Number(BigInt(point?.timeUnixNano ?? 0) / 1_000_000n)).toBe(Math.round((startedAt ?? 0) + lastedMs));
  });

  it('of a run that never started have a time, and no sample of what is not known', async () => {
    const { result: empty } = await sampleModel('empty');
    const request = otlpRequest({ ...empty, window: { ...empty.window, startedAt: null } }, 1_800_000_000_000);
    expect(JSON.stringify(request)).not.toMatch(/null|NaN|Infinity/);
    expect(JSON.stringify(request)).toContain('"timeUnixNano":"1800000000000000000"');
  });
});
