import { createHash } from 'node:crypto';
import type { Config } from '../../../contracts/generated/config.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { usageError } from '../../foundation/errors.ts';
import { didYouMean } from '../../foundation/nearest.ts';
import { nonEmpty } from '../../foundation/non-empty.ts';
import type { Workload } from './read.ts';

type Mix = NonNullable<Config['mix']>;

/**
 * A workload with the weights of a mix. What a mix does not name is not sent.
 * @throws HarnessError (2) that suggests the nearest name
 */
export function mixed(workload: Workload, mix: Mix | undefined): Workload {
  if (mix === undefined) return workload;
  const { scripts: byId, languages } = mix;
  let chosen: readonly ConversationScript[] = workload.conversations;
  const all = chosen;
  if (byId !== undefined) {
    assertKnown(
      'scripts',
      Object.keys(byId),
      all.map(({ id }) => id),
    );
    chosen = chosen.map((script) => ({ ...script, weight: weightIn(byId, script.id) }));
  }
  if (languages !== undefined) {
    assertKnown(
      'languages',
      Object.keys(languages),
      all.flatMap(({ language }) => language ?? []),
    );
    const before = chosen;
    chosen = before.map((script) => {
      const share = weightIn(languages, script.language ?? '');
      return { ...script, weight: share === 0 ? 0 : (share * weightOf(script)) / weightOfLanguage(before, script) };
    });
  }
  const sent = chosen.filter((script) => weightOf(script) > 0);
  if (sent.length === 0) throw usageError('/mix: nothing would be sent: at least one weight must be above 0');
  // Runs of another mix are runs of another workload.
  const sha256 = createHash('sha256')
    .update(JSON.stringify([workload.sha256, mix]))
    .digest('hex');
  return { ...workload, sha256, conversations: nonEmpty(sent) };
}

const weightOf = ({ weight = 1 }: ConversationScript): number => weight;
const weightIn = (weights: Readonly<Record<string, number>>, name: string): number =>
  Object.hasOwn(weights, name) ? (weights[name] ?? 0) : 0;

const weightOfLanguage = (scripts: readonly ConversationScript[], { language }: ConversationScript): number =>
  scripts.filter((script) => script.language === language).reduce((sum, script) => sum + weightOf(script), 0) || 1;

function assertKnown(what: keyof Mix, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw usageError(`/mix/${what}: the workload has no ${unknown}${didYouMean(unknown, [...new Set(known)])}`);
}
