import type { ConversationPage } from '../../../../contracts/generated/conversation-page.ts';
import type { Probe } from '../../sighting.ts';
import { pageIn } from '../chain-view.ts';
import type { RunView } from '../run-view.ts';

/** A page of a listing, and the request that it answered. */
export interface Page {
  readonly probe: Probe;
  readonly page: ConversationPage;
}

type Listed = ConversationPage['interactions'][number];

/** Every sound page of a run. */
export function pagesOf({ sound }: RunView): Page[] {
  return sound.flatMap((probe) => {
    const page = probe.operation === 'list-conversations' ? pageIn(probe) : undefined;
    return page === undefined ? [] : [{ probe, page }];
  });
}

/** Epoch ms, in whichever form it came. */
export function timeOf({ createdAt }: Pick<Listed, 'createdAt'>): number {
  return typeof createdAt === 'number' ? createdAt : Date.parse(createdAt);
}
