import type { ConversationPage } from '../../../../contracts/generated/conversation-page.ts';
import { isEpochMs } from '../../../../contracts/timestamp.ts';
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

/** Epoch ms at which a conversation began; what is no time, or in another unit, as it is. */
export const beganAt = ({ createdAt }: Pick<Listed, 'createdAt'>): number =>
  typeof createdAt === 'number' ? createdAt : Date.parse(createdAt);

/**
 * Epoch ms of a conversation's latest message, by which listings are ordered and windowed; of one without messages its own.
 * A time in another unit is in no window.
 */
export function latestAt({ createdAt, events }: Pick<Listed, 'createdAt' | 'events'>): number {
  const own = beganAt({ createdAt });
  return isEpochMs(own) ? events.reduce((latest, event) => Math.max(latest, event.createdAt), own) : own;
}
