import type { Step } from '../../../contracts/generated/drift-plan.ts';
import { CONVERSATIONS_PATH } from '../../../contracts/paths.ts';
import { findStep } from './steps.ts';
import { OWN_CHANNEL } from './user-chains.ts';

const DAY_MS = 86_400_000;
/** Just within the longest window that the reference allows. */
const LONGEST_DAYS = 89;
/** Of a window that holds some of the check's own conversations. */
const BACK_PAGE = 5;

/** The sources that conversations are known to have. */
export const SOURCES = ['api', 'testsuite', 'replay'] as const;

/** Two pages on, and one back: the page before is the one that was shown before. */
export function backStep(since: number): Step {
  return { ...findStep(), do: 'back', kind: 'P', path: `${CONVERSATIONS_PATH}?limit=${BACK_PAGE}&since=${since}` };
}

/** Listings at the bounds of what the reference names, and past them; how what lies past them is answered it leaves open. */
export function pagingSteps(since: number): Step[] {
  const open = (query: string, condition: string): Step => ({
    ...listing(query),
    expect: { condition, statuses: [400, 200, 404, 500], learnt: true, notice: true },
  });
  const listing = (query: string): Step => ({
    ...findStep(),
    do: 'send',
    kind: 'LP',
    path: `${CONVERSATIONS_PATH}?since=${since}&${query}`,
  });
  return [
    listing('limit=1'),
    { ...listing(''), path: CONVERSATIONS_PATH },
    listing(`limit=100&until=${since + DAY_MS}`),
    listing('limit=100'),
    {
      ...listing(''),
      path: `${CONVERSATIONS_PATH}?limit=1&since=${since + DAY_MS - LONGEST_DAYS * DAY_MS}&until=${since + DAY_MS}`,
    },
    listing(`limit=20&channel=${OWN_CHANNEL}`),
    listing(`limit=20&source=${SOURCES.join(',')}`),
    listing('limit=20&channel=no-such-channel,no-such-channel-either'),
    // What begins these conversations is named neither first nor last.
    listing('limit=20&source=testsuite&source=api&source=replay'),
    listing('limit=20&channel=no-such-channel&channel=no-such-channel-either'),
    listing(`limit=20&source=${SOURCES.join(',')}&channel=no-such-channel`),
    open('limit=0', 'limit-zero'),
    open('limit=101', 'limit-too-large'),
    open('limit=ten', 'limit-no-number'),
    open('limit=20&cursor=bm8tc3VjaC1jdXJzb3I&direction=next', 'unknown-cursor'),
    open('limit=20&direction=sideways', 'unknown-direction'),
  ];
}
