import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../scripts/run/config/load.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';

const GOOD = { version: '2026-01-31', values: { 'event#/properties/role': ['supervisor'] } };

const load = (files: Readonly<Record<string, unknown>>, flags: { contractOverlay?: string } = {}) => {
  const cwd = scratch({ 'sub/fini-harness.json': { contractOverlay: 'mine.json' }, ...files });
  return loadConfig({ flags, path: 'sub/fini-harness.json' }, recordedIo({ cwd }));
};

describe('readOverlay', () => {
  it('finds the file beside the configuration that names it, and that of a flag in the working folder', async () => {
    expect((await load({ 'sub/mine.json': GOOD })).contract).toMatchObject({ version: '2026-01-31', overlay: GOOD });
    const other = await load({ 'other.json': { version: '2' } }, { contractOverlay: 'other.json' });
    expect(other.contract).toMatchObject({ version: '2', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('gives the same hash to the same content, whatever its white space', async () => {
    const [compact, spaced] = await Promise.all(
      [JSON.stringify(GOOD), `\uFEFF${JSON.stringify(GOOD, null, 4)}\n`].map((text) => load({ 'sub/mine.json': text })),
    );
    expect(spaced?.contract?.sha256).toBe(compact?.contract?.sha256);
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['is not there', {}, /^cannot read the contract overlay sub\/mine\.json: there is no such file$/],
    ['is no JSON', { 'sub/mine.json': '{"version"' }, /^sub\/mine\.json is not valid JSON: /],
    ['is a list', { 'sub/mine.json': '[]' }, /^sub\/mine\.json: {2}must be an object, got \[\]/],
    ['has no version', { 'sub/mine.json': '{}' }, /^sub\/mine\.json: \/version is missing/],
    ['has an unknown key', { 'sub/mine.json': { ...GOOD, valeus: {} } }, /\/valeus unknown key; did you mean values\?/],
    [
      'uses an unknown keyword',
      { 'sub/mine.json': { version: '1', properties: { 'event#/properties/x': { tipe: 'string' } } } },
      /tipe unknown key; did you mean type\?/,
    ],
    [
      'names an unknown place',
      { 'sub/mine.json': { version: '1', values: { 'event#/properties/rule': ['x'] } } },
      /^sub\/mine\.json: values: event#\/properties\/rule is not a place.*did you mean event#\/properties\/role\?/,
    ],
  ])('says what is wrong with a file that %s', async (_, files, message) => {
    const failed = load(files);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toMatchObject({ exitCode: 2 });
  });
});
