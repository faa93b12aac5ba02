import { random, STREAM, uuid } from './random.ts';

export interface Bot {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly workspace: string;
  /** Tags that this bot's conversations carry. */
  readonly tags: readonly string[];
}

export type Scope = 'read' | 'write';

export interface ApiKey {
  readonly key: string;
  readonly workspace: string;
  readonly scopes: readonly Scope[];
  readonly revoked: boolean;
}

/** The keys that the server knows, by what they are for. They open nothing but this server. */
export interface Keys {
  readonly readWrite: string;
  readonly read: string;
  readonly write: string;
  readonly revoked: string;
  /** Read and write, of another workspace. */
  readonly foreign: string;
}

/** Who may call, and which bots there are. */
export interface Tenancy {
  readonly keys: Keys;
  readonly keyring: ReadonlyMap<string, ApiKey>;
  readonly bots: ReadonlyMap<string, Bot>;
  readonly botId: string;
  readonly taggedBotId: string;
  readonly foreignBotId: string;
}

const MAIN = 'main';
const FOREIGN = 'foreign';

/** Two workspaces with their keys and bots; the same seed gives the same ones. */
export function tenancy(seed: number): Tenancy {
  const next = random(seed, STREAM.workspace);
  const key = (label: string) => `fini_reference_${label}_${uuid(next).replaceAll('-', '')}`;
  const keys: Keys = {
    readWrite: key('rw'),
    read: key('read'),
    write: key('write'),
    revoked: key('revoked'),
    foreign: key('foreign'),
  };
  const keyring = [
    { key: keys.readWrite, workspace: MAIN, scopes: ['read', 'write'], revoked: false },
    { key: keys.read, workspace: MAIN, scopes: ['read'], revoked: false },
    { key: keys.write, workspace: MAIN, scopes: ['write'], revoked: false },
    { key: keys.revoked, workspace: MAIN, scopes: ['read', 'write'], revoked: true },
    { key: keys.foreign, workspace: FOREIGN, scopes: ['read', 'write'], revoked: false },
  ] satisfies ApiKey[];
  const bot = (name: string, day: string, workspace: string, tags: readonly string[] = []): Bot => {
    return { id: uuid(next), name, createdAt: `2026-01-${day}T09:00:00.000Z`, workspace, tags };
  };
  const main = bot('Customer support', '20', MAIN);
  const tagged = bot('Billing', '12', MAIN, ['billing', 'priority']);
  const foreign = bot('Somebody else', '05', FOREIGN);
  return {
    keys,
    keyring: new Map(keyring.map((entry) => [entry.key, entry])),
    bots: new Map([main, tagged, foreign].map((entry) => [entry.id, entry])),
    botId: main.id,
    taggedBotId: tagged.id,
    foreignBotId: foreign.id,
  };
}
