import { describe, expect, it } from 'vitest';
import { keptHeaders } from '../../scenarios/probes/kept-headers.ts';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-H${index}`, 'v']));

describe('the headers that a drift check keeps', () => {
  it('have names in lower case, and no cookie', () => {
    expect(keptHeaders({ 'X-Id': '7', 'Set-Cookie': 'session=secret' })).toEqual({
      'x-id': '7',
      'set-cookie': '[cookie] session',
    });
  });

  it('say that a cookie holds a key', () => {
    const hide = (text: string) => text.replace('fini_1', '[key]');
    expect(keptHeaders({ 'Set-Cookie': 'auth=fini_1; Secure' }, hide)).toEqual({ 'set-cookie': '[cookie] auth [key]' });
  });

  it.each(['Content-Type', 'Content-Encoding', 'Date'])('hold %s, however many come before it', (name) => {
    const kept = keptHeaders({ ...many(900), [name]: 'known' });
    expect(kept[name.toLowerCase()]).toBe('known');
    expect(Object.keys(kept)).toHaveLength(200);
  });

  it('are cut', () => {
    const [[name, value]] = Object.entries(keptHeaders({ ['n'.repeat(9_000)]: 'v'.repeat(9_000) })) as [
      [string, string],
    ];
    expect(name.length).toBeLessThan(200);
    expect(value).toHaveLength(2_000);
  });
});
