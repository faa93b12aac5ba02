import type { Role } from '../../../contracts/generated/ledger.ts';
import { didYouMean } from '../../foundation/nearest.ts';

/** What other systems call the roles; docs/workload.md shows the same. */
const SYNONYMS: ReadonlyMap<string, Role> = new Map([
  ...(['user', 'customer', 'visitor', 'client'] as const).map((name) => [name, 'user'] as const),
  ...(['agent', 'operator', 'representative'] as const).map((name) => [name, 'agent'] as const),
  ...(['finibot', 'assistant', 'bot', 'ai'] as const).map((name) => [name, 'finibot'] as const),
  ['otherbot', 'otherbot'],
]);

const KNOWN = [...SYNONYMS.keys()];

export const roleOf = (name: string): Role | undefined => SYNONYMS.get(name.trim().toLowerCase());

/** Why a name is no role. It is not quoted: what stands in the place of a role may be anything. */
export const roleTrouble = (name: string): string =>
  name.trim() === ''
    ? 'role is empty'
    : `role is unknown${didYouMean(name.trim().slice(0, 40), KNOWN)}; known roles: ${KNOWN.join(', ')}`;
