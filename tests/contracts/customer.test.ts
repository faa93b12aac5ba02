import { describe, expect, it } from 'vitest';
import { customerEmail, withCustomer } from '../../contracts/customer.ts';
import { runHash } from '../../contracts/reference.ts';

const OWN = '{local}+{run}-{conversation}@{domain}';
const PLACE = { runId: 'a-run', conversation: 17 };
const RUN = runHash('a-run').toString(36);

describe("a conversation's customer", () => {
  it.each<[string | undefined, string, string]>([
    [OWN, 'grace@example.com', `grace+${RUN}-17@example.com`],
    [OWN, 'grace+shop@example.com', `grace+shop+${RUN}-17@example.com`],
    [OWN, '"a@b"@example.com', `"a@b"+${RUN}-17@example.com`],
    ['load-{conversation}@test.example', 'grace@example.com', 'load-17@test.example'],
    ['{local}@{domain}', 'grace@example.com', 'grace@example.com'],
    ['{other}@{domain}', 'grace@example.com', '{other}@example.com'],
    [undefined, 'grace@example.com', 'grace@example.com'],
    [OWN, 'no address', 'no address'],
    [OWN, '@example.com', '@example.com'],
    [OWN, '[e-mail]', '[e-mail]'],
  ])('%s of %s is %s', (template, address, expected) => {
    expect(customerEmail(template, address, PLACE)).toBe(expected);
  });

  it('is another one for every conversation and every run', () => {
    const places = ['one', 'two'].flatMap((runId) => [1, 2].map((conversation) => ({ runId, conversation })));
    expect(new Set(places.map((place) => customerEmail(OWN, 'a@b.example', place))).size).toBe(4);
  });

  it.each<[object, object]>([
    [
      { channel: 'chat', user_attributes: { name: 'Grace', email: 'grace@example.com' } },
      { channel: 'chat', user_attributes: { name: 'Grace', email: `grace+${RUN}-17@example.com` } },
    ],
    [{ user_attributes: { email: 5 } }, { user_attributes: { email: 5 } }],
    [{ user_attributes: 'grace@example.com' }, { user_attributes: 'grace@example.com' }],
    [{}, {}],
  ])('stands in the metadata %j', (metadata, expected) => {
    const before = structuredClone(metadata);
    expect(withCustomer(metadata as Record<string, unknown>, OWN, PLACE)).toEqual(expected);
    expect(metadata).toEqual(before);
  });
});
