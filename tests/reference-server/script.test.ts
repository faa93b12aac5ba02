import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ReferenceServer,
  type ReferenceServerOptions,
  startReferenceServer,
} from '../../scripts/reference-server/index.ts';
import { settings } from '../../scripts/reference-server/options.ts';
import { Script } from '../../scripts/reference-server/script/script.ts';
import { Stall } from '../../scripts/reference-server/script/stall.ts';
import { TokenBucket } from '../../scripts/reference-server/script/token-bucket.ts';
import { turn } from './client.ts';

let server: ReferenceServer;
const start = async (options: ReferenceServerOptions) => {
  server = await startReferenceServer(options);
};
afterEach(() => server?.close(0));
const together = (count: number) => Promise.all(Array.from({ length: count }, () => turn(server)));

describe('a token bucket', () => {
  it('never gives more than its burst and its rate allow, and gives that much', () => {
    const gaps = fc.array(fc.double({ min: 0, max: 2_000, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (pauses, perSecond, burst) => {
          const bucket = new TokenBucket(perSecond, burst);
          let at = 0;
          let given = 0;
          for (const pause of pauses) {
            at += pause;
            const before = given;
            if (bucket.take(at)) given++;
            expect(given).toBeLessThanOrEqual(burst + (at * perSecond) / 1_000 + 1e-6);
            // One that asks after long enough is never refused.
            if ((pause * perSecond) / 1_000 >= 1) expect(given).toBe(before + 1);
          }
        },
      ),
    );
  });
});

describe('a stall', () => {
  it('stops the working clock, and nothing else', () => {
    const stall = new Stall(100, 50);
    expect([0, 100, 120, 150, 160].map((wall) => stall.working(wall))).toEqual([0, 100, 100, 100, 110]);
    expect([0, 99, 100, 110].map((working) => stall.wall(working))).toEqual([0, 99, 150, 160]);
    expect(new Stall().working(7)).toBe(7);
  });

  it('delays what is under way by its whole length', async () => {
    await start({ service: { law: 'constant', meanMs: 100 }, stall: { afterMs: 50, forMs: 200 } });
    await together(2);
    await together(1);
    const stallsAt = (server.turns()[0]?.receivedAt ?? 0) + 50;
    for (const { beganAt, serviceMs } of server.turns()) {
      const [from, until] = [beganAt ?? 0, (beganAt ?? 0) + 100];
      expect(serviceMs).toBeCloseTo(from < stallsAt && until > stallsAt ? 300 : 100, 1);
    }
    const [first, last] = [server.turns()[0], server.turns().at(-1)];
    expect((last?.receivedAt ?? 0) - (first?.receivedAt ?? 0)).toBeGreaterThan(250);
  });
});

describe('a limiter', () => {
  it.each([
    [undefined, undefined],
    [3, '3'],
  ])('refuses above its burst (Retry-After %s)', async (retryAfterS, header) => {
    const more = retryAfterS === undefined ? {} : { retryAfterS };
    await start({ rateLimit: { perSecond: 0.001, burst: 3, ...more } });
    const answers = await together(5);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers['retry-after']).toBe(header);
    expect(server.truth().events).toBe(6);
  });
});

/** Long enough that no turn is over before the test has looked. */
const FOREVER = { law: 'constant', meanMs: 3_600_000 } as const;

it.each<[string, ReferenceServerOptions]>([
  ['a full queue', { service: FOREVER, parallel: 1, queueLimit: 2 }],
  ['a cliff', { service: FOREVER, cliff: { concurrency: 3, status: 503 } }],
])('%s refuses with 503 what is too much', async (_, options) => {
  await start(options);
  const answers: number[] = [];
  for (let count = 0; count < 5; count++) {
    void turn(server).then(
      ({ status }) => answers.push(status),
      () => undefined,
    );
  }
  await expect.poll(() => answers).toEqual([503, 503]);
  expect(server.truth().turns).toMatchObject({ received: 5, open: 3 });
});

it('an autoscaler serves those that wait, when its time has come', async () => {
  await start({ service: FOREVER, parallel: 1, autoscale: { afterMs: 1, parallel: 3 } });
  for (let count = 0; count < 5; count++) turn(server).catch(() => undefined);
  await expect.poll(() => server.truth().turns.open).toBe(5);
  await expect.poll(() => server.truth().generation.inService).toBe(3);
});

describe('a script', () => {
  const script = (options: ReferenceServerOptions) => {
    const done: string[] = [];
    const stage = {
      at: (due: number, run: () => void) => {
        done.push(`at ${due}`);
        run();
      },
      scaleTo: (parallel: number) => done.push(`scale to ${parallel}`),
      restart: (downMs: number) => done.push(`restart for ${downMs}`),
    };
    return { done, script: new Script(settings(options), stage) };
  };

  it('slows service from a concurrency on', () => {
    const cliff = script({ cliff: { concurrency: 3, factor: 4 } }).script;
    expect([0, 2, 3, 9].map((inFlight) => cliff.stretch(50, inFlight))).toEqual([50, 50, 200, 200]);
  });

  it('leaks a share with each turn', () => {
    const leak = script({ leak: { perTurn: 0.5 } }).script;
    expect([0, 0, 0, 0].map(() => leak.stretch(10, 0))).toEqual([10, 15, 20, 25]);
  });

  it('warms up over some turns', () => {
    const warmUp = script({ warmUp: { turns: 2, factor: 3 } }).script;
    expect([0, 0, 0, 0].map(() => warmUp.stretch(10, 0))).toEqual([30, 20, 10, 10]);
  });

  it('counts its times from the first turn, once', () => {
    const { done, script: timed } = script({
      parallel: 4,
      autoscale: { afterMs: 30, parallel: 8 },
      restart: { afterMs: 70, downMs: 5 },
    });
    timed.admit(1_000);
    timed.admit(2_000);
    expect(done).toEqual(['at 1030', 'scale to 8', 'at 1070', 'restart for 5']);
  });
});

it('a server that is down can be closed for good', async () => {
  await start({ restart: { afterMs: 1, downMs: 3_600_000 } });
  await turn(server);
  await expect.poll(() => turn(server).catch(() => 'down')).toBe('down');
  await server.close(0);
});

it('a restart breaks connections, forgets what was in service, and comes back', async () => {
  await start({ service: { law: 'constant', meanMs: 5_000 }, restart: { afterMs: 100, downMs: 50 } });
  await expect(turn(server)).rejects.toThrow();
  expect(server.turns()[0]).toMatchObject({ status: 0, endedAt: null, answeredAt: expect.any(Number) });
  server.configure({ service: null, restart: null });
  await expect.poll(() => turn(server).catch(() => ({ status: 0 }))).toMatchObject({ status: 200 });
});
