import { expect, it } from 'vitest';
import { shapesOf } from '../../../scripts/drift/judge/shapes.ts';
import { conversation, exchangeOf, found, madeRun, page, read } from '../made-run.ts';

const PLACE = 'get-conversation/200/body/userAttributes';

it.each<[string, unknown, string[]]>([
  ["the check's own", { plan: 'probe', number: 1, name: 'Ann' }, [PLACE, `${PLACE}/number`, `${PLACE}/plan`]],
  ["a customer's", { plan: 'gold', number: 1 }, [PLACE]],
  ['none', null, [PLACE]],
])('of attributes a shape is kept where they are %s', (_, userAttributes, places) => {
  const { probes } = madeRun([[read(conversation(1, exchangeOf(1), { userAttributes } as never))]]);
  expect(Object.keys(shapesOf(probes)).filter((place) => place.startsWith(PLACE))).toEqual(places);
});

it('of attributes in a listing the types are counted', () => {
  const listed = [1, '1'].map((number) =>
    conversation(1, exchangeOf(1), { userAttributes: { plan: 'probe', number } } as never),
  );
  const shapes = shapesOf(madeRun([[found(page(listed))]]).probes);
  expect(shapes['list-conversations/200/body/interactions/*/userAttributes/number']).toMatchObject({
    n: 2,
    types: { integer: 1, string: 1 },
  });
});
