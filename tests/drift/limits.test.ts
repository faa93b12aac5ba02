import { expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { environmentFor, fini, scratch, server, writeConfig } from '../e2e/support.ts';

const reference = await server();
const PRICE = { price: { perTurn: 0.5 } };

it.each([
  { flags: ['--max-turns', '5'], config: {}, says: /may need \d+ turns, more than maxTurns 5/ },
  { flags: ['--max-cost', '1'], config: PRICE, says: /may need 6.00, more than maxCost 1/ },
  { flags: ['--max-cost', '1'], config: {}, says: /without a price/ },
  { flags: ['--max-turns-per-day', '5'], config: {}, says: /--max-turns-per-day: 0 turns of 5 turns/ },
  { flags: ['--max-cost-per-day', '1'], config: PRICE, says: /--max-cost-per-day: 0.00 USD of 1.00 USD/ },
])('$flags refuses a check that could exceed it, before a turn is sent', async ({ flags, config, says }) => {
  const cwd = scratch();
  const file = writeConfig(cwd, config);
  const line = ['drift', '--budget', 'smoke', '--config', file, '--no-build', ...flags];
  const { exitCode, stderr } = await fini(line, { env: environmentFor(reference), cwd });
  expect([exitCode, stderr]).toEqual([EXIT.refused, expect.stringMatching(says)]);
  expect(reference.truth().turns.received).toBe(0);
});

it('the plan shows turns and price', async () => {
  const cwd = scratch();
  const file = writeConfig(cwd, PRICE);
  const { stdout } = await fini(['drift', '--plan', '--budget', 'smoke', '--config', file], {
    env: environmentFor(reference),
    cwd,
  });
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /user turns 12; each may call your own API \(the agent's Attributes and Actions\) all turns at most 75 price at most 6.00 USD/,
  );
});
