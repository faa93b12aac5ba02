import type { Probe } from '../../sighting.ts';
import type { SoundTurn } from '../chain-view.ts';

/** What the AI said, turn by turn. */
export const aiReplies = (turns: readonly SoundTurn[]): { probe: Probe; message: string }[] =>
  turns.flatMap(({ probe, events }) => {
    const reply = probe.step.turn?.role === 'user' ? events[1] : undefined;
    return reply === undefined ? [] : [{ probe, message: reply.message }];
  });
