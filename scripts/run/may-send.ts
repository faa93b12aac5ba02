import type { Plan } from '../../contracts/generated/plan.ts';
import type { Io } from '../foundation/io.ts';
import { apiKeyOf } from './config/environment.ts';
import { assertMayDelete } from './plan/known-target.ts';
import { requireBotId } from './plan/prepare.ts';
import { askToConfirm, assertConfirmed, type Sending } from './plan/safety.ts';

/** A service that a command means to send to. */
export interface PlannedService extends Pick<Plan, 'target' | 'config'> {
  /** Holds its API key. */
  readonly env: Io['env'];
  readonly sending: Sending;
  /** The host that the user typed as a flag. */
  readonly typed: string | undefined;
  /** What a user who is asked to confirm sees first. */
  readonly shown?: string;
  /** Whether conversations are removed there, too. */
  readonly deletes?: boolean;
}

/**
 * Before anything else: the bot, the key, and whether this may be sent there at all. The reference server needs none of it.
 * @throws HarnessError (2, 7)
 */
export async function assertMaySend(service: PlannedService, io: Io): Promise<void> {
  const { target, env, sending, typed, shown, deletes = false } = service;
  if (target.embedded) return;
  requireBotId(target);
  apiKeyOf(env);
  const confirmed = await askToConfirm(sending, typed, io, shown);
  assertConfirmed(sending, confirmed);
  if (deletes) assertMayDelete({ target }, confirmed);
}
