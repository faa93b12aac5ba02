import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import type { Spoil } from './front.ts';
import { ATTACHMENTS, MANY, PATIENT, rulesOf, spoiltRun } from './spoilt-run.ts';
import { server } from './support.ts';

describe('a service that shows the key of the sender', async () => {
  const faithful = await server({ service: { law: 'constant', meanMs: 5 } });

  /** No file of a run, and nothing that it says, holds the key. */
  function expectNoKey(out: string, said: string): void {
    const key = faithful.keys.readWrite;
    const files = readdirSync(out, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) expect(readFileSync(join(parentPath, name), 'latin1')).not.toContain(key);
    expect(said).not.toContain(key);
  }

  it('the key of the sender is critical and hidden wherever it comes back in a body, or in place of an answer', async () => {
    const property = ({ body }: { body: string }, text: string) => ({
      body: body.split(ATTACHMENTS).join(`${ATTACHMENTS},${text}`),
    });
    const shows: readonly ((answer: { body: string }, key: string) => ReturnType<Spoil>)[] = [
      (answer, key) => property(answer, `"debug":"${key}"`),
      (answer, key) => property(answer, `"${key}":1`),
      (answer, key) => property(answer, `"auth":"${Buffer.from(`Bearer ${key}`).toString('base64')}"`),
      ({ body }, key) => {
        const events = JSON.parse(body) as { message: string }[];
        return { body: JSON.stringify(events.map((event) => ({ ...event, message: `\`${key}\`` }))) };
      },
      (_answer, key) => ({ status: 500, body: JSON.stringify({ statusCode: 500, message: [key], error: 'x' }) }),
      (_answer, key) => ({ status: 502, body: `<p>${key}</p>` }),
      (_answer, key) => ({ status: 429, body: key }),
      (_answer, key) => ({ raw: `HTTP/1.1 ${key} no\r\n\r\n` }),
    ];
    const spoil: Spoil = (answer, turn, key) => shows[turn % shows.length]?.(answer, key) ?? {};
    const { settled, exitCode, out, said } = await spoiltRun(faithful, spoil, { args: MANY, config: PATIENT });
    expect(exitCode, said).toBe(EXIT.contractViolated);
    expect(rulesOf(settled)['api-key-exposed']).toBe(settled.length);
    const exposures = settled.flatMap(({ violations }) => violations.filter(({ rule }) => rule === 'api-key-exposed'));
    expect(new Set(exposures.map(({ template }) => template))).toEqual(
      new Set([
        '#/responses/200/body/*/debug',
        '#/responses/200/body/*',
        '#/responses/200/body/*/auth',
        '#/responses/200/body/*/message',
        '#/responses/500/body/message/*',
        '#/responses/502/body',
        '#/responses/429/body',
        '#/responses/0/answer',
      ]),
    );
    expectNoKey(out, said);
  });

  it.each(['x-debug', '__proto__'])('the key of the sender in a header %s is critical and hidden', async (name) => {
    const { settled, exitCode, out, said } = await spoiltRun(faithful, ({ headers }, _turn, key) => ({
      headers: { ...headers, [name]: key },
    }));
    expect(exitCode, said).toBe(EXIT.contractViolated);
    expect(settled.flatMap(({ violations }) => violations.map(({ template }) => template))).toContain(
      `#/responses/200/headers/${name}`,
    );
    expectNoKey(out, said);
  });
});
