import { expect, it } from 'vitest';
import { judgeAttributes } from '../../../../scripts/drift/judge/readback/judge-attributes.ts';
import { turnStep } from '../../../../scripts/drift/plan/steps.ts';
import { conversation, exchangeOf, found, lines, type Made, page, read, turn, viewOf } from '../../made-run.ts';

const customer = (number: number): Made => {
  const content = `Question ${number}.`;
  const metadata = { user_attributes: { plan: 'probe', number } };
  return {
    ...turn(number),
    step: turnStep('M', 'metadata-sent', { role: 'user', content, continued: false }, { metadata }),
  };
};
const shows = (userAttributes: Record<string, unknown> | null): string[] => {
  const own = conversation(1, exchangeOf(1), { userAttributes });
  return lines(judgeAttributes(viewOf([[customer(1), read(own)], [customer(2)]])));
};

it.each([
  ['nothing', null, []],
  ['its own customer', { plan: 'probe', number: 1 }, []],
  ['what somebody else wrote', { plan: 'gold', number: 2 }, []],
  [
    'the customer of another chain',
    { plan: 'probe', number: 2 },
    ['foreign-attributes-shown #/readback/userAttributes'],
  ],
])('a conversation that shows %s', (_, attributes, expected) => expect(shows(attributes)).toEqual(expected));

it.each([
  ['its own customer', 1, []],
  ['another customer', 2, ['foreign-attributes-shown #/listing/interactions/*/userAttributes']],
])('a listed conversation that shows %s', (_, number, expected) => {
  const listed = conversation(1, exchangeOf(1), { userAttributes: { plan: 'probe', number } });
  expect(lines(judgeAttributes(viewOf([[customer(1), found(page([listed]))], [customer(2)]])))).toEqual(expected);
});
