import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { attempt, planned } from './attempt.ts';

describe('plan', () => {
  it('says what would be sent, and writes nothing', async () => {
    const { exitCode, out, err, cwd } = await attempt({
      argv: planned('--bot-id', 'bot', '--rate', '5'),
    });
    expect({ exitCode, err }).toEqual({ exitCode: EXIT.pass, err: '' });
    expect(out).toMatch(/nothing is sent/);
    expect(out).toMatch(/turns +at most [\d,]+, [\d,]+ of them by users/);
    expect(out).toMatch(/price +not known/);
    expect(out).toContain('--confirm-target api-prod.usefini.com');
    expect(readdirSync(cwd)).toEqual(['talk.jsonl']);
  });

  it('names the price when it is known', async () => {
    const files = { 'fini-harness.config.json': { price: { perTurn: 0.5, currency: 'EUR' } } };
    const { out } = await attempt({ argv: planned('--conversations', '10'), files });
    expect(out).toMatch(/price +at most 10\.00 EUR/);
  });

  it.each([
    ['nothing is named', []],
    ['it is asked for', ['--bot-id', 'bot', '--embedded']],
  ])('shows the reference server where %s', async (_name, flags) => {
    const { out } = await attempt({ argv: planned(...flags) });
    expect(out).toMatch(/target +the reference server/);
    expect(out).not.toContain('--confirm-target');
  });

  it('prints the plan as JSON', async () => {
    const { out } = await attempt({ argv: planned('--json', '--max-turns', '7') });
    expect(JSON.parse(out)).toMatchObject({ scenario: 'load', turns: 7, userTurns: 7, price: null });
  });

  it.each(['[0-9]{2,}', '[{}",:]+', 'turns', '.'])(
    'prints JSON that stays valid where %s is personal',
    async (pattern) => {
      const files = { 'fini-harness.config.json': { personalData: { patterns: [pattern] } } };
      const { out } = await attempt({ argv: planned('--json', '--max-turns', '77'), files });
      expect(Object.keys(JSON.parse(out)).length).toBeGreaterThan(5);
      expect(out).toContain(':77,');
    },
  );

  it('needs no confirmation for a smoke test, unless it is made larger', async () => {
    const smoke = ['plan', 'smoke', '--no-build', '--bot-id', 'bot'];
    expect((await attempt({ argv: smoke })).out).not.toContain('--confirm-target');
    expect((await attempt({ argv: [...smoke, '--conversations', '100'] })).out).toContain('--confirm-target');
  });
});
