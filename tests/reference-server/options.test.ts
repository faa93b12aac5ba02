import { describe, expect, it } from 'vitest';
import { OptionsError, startReferenceServer } from '../../scripts/reference-server/index.ts';

describe('wrong options', () => {
  it.each<[unknown, string]>([
    [{ sede: 3 }, 'sede: no such option; did you mean seed?'],
    [{ seed: 1.5 }, 'seed: must be integer'],
    [{ port: 70_000 }, 'port: must be <= 65535'],
    [{ parallel: -1 }, 'parallel: must be >= 0'],
    [
      { service: { law: 'gamma', meanMs: 3 } },
      'service: must be a law: constant, exponential, log-normal, empirical or mixture',
    ],
    [{ service: { meanMs: 3 } }, 'service: must be a law: constant, exponential, log-normal, empirical or mixture'],
    [{ service: { law: 'log-normal', meanMs: 3 } }, 'service: must have required properties cv'],
    [{ service: { law: 'constant', meanMs: 3, cv: 1 } }, 'service.cv: no such option'],
    [{ service: { law: 'constant', meanMs: 'fast' } }, 'service.meanMs: must be number'],
    [{ service: { law: 'empirical', latenciesMs: [] } }, 'service.latenciesMs: must not have fewer than 1 items'],
    [
      { service: { law: 'mixture', parts: [{ weight: 1, service: { law: 'constant' } }] } },
      'service.parts.0.service: must have required properties meanMs',
    ],
    [{ drifts: { M0911: 1 } }, 'drifts.M0911: no such id; did you mean M091?'],
    [{ faults: { reset: 1 } }, 'faults.reset: no such id; did you mean'],
    [{ faults: { 'status-500': 2 } }, 'faults.status-500.rate: must be <= 1'],
    [
      { faults: { 'status-500': { rate: 1, roles: ['robot'] } } },
      'faults.status-500.roles.0: must be equal to one of the allowed values',
    ],
    [{ stall: { afterMs: 1 } }, 'stall: must have required properties forMs'],
    [{ autoscale: { afterMs: 1, parallel: 2 }, slowdown: 0.1 }, 'autoscale: has no effect with slowdown'],
    [{ cliff: { concurrency: 2 } }, 'cliff: needs factor or status'],
    ['port 80', 'options: must be an object'],
  ])('%j', async (options, message) => {
    const start = startReferenceServer(options as object);
    await expect(start).rejects.toThrow(OptionsError);
    await expect(start).rejects.toThrow(message);
    await expect(start).rejects.toThrow(/^[^\n]+$/);
  });
});

it('a taken port is an error of the system', async () => {
  const server = await startReferenceServer();
  await expect(startReferenceServer({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await server.close(0);
});

it('several wrong options are told at once', async () => {
  await expect(startReferenceServer({ seed: 0.5, parallel: 0.5 })).rejects.toThrow(
    'seed: must be integer\nparallel: must be integer',
  );
});
