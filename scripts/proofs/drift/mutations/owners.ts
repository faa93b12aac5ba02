import type { Change } from './changes.ts';
import { isJson, list, type ProxyRequest } from './mutation.ts';

/** Notes by which keys each conversation was shown, as far as requests have told. */
export const noteOwners: Change = ({ status, body }, { operation, authorization }, memory) => {
  if (status !== 200 || !isJson(body) || (operation !== 'list' && operation !== 'get')) return;
  memory.set(`shown to ${authorization}`, true);
  for (const { id } of operation === 'list' ? list(body.interactions) : [body])
    memory.set(`owners of ${id}`, [...ownersOf(String(id), memory), authorization]);
};

export function ownersOf(id: string, memory: ReadonlyMap<string, unknown>): readonly string[] {
  return (memory.get(`owners of ${id}`) as string[] | undefined) ?? [];
}

/** Whether a conversation is known, and not only to keys of another workspace. */
export function isOwn(id: string, { authorization }: ProxyRequest, memory: ReadonlyMap<string, unknown>): boolean {
  const owners = ownersOf(id, memory);
  return owners.length > 0 && (owners.includes(authorization) || !memory.has(`shown to ${authorization}`));
}

/** The id in the path of Get and Delete. */
export const idIn = ({ path }: ProxyRequest): string => path.split('/').at(-2) ?? '';
