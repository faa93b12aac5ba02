import { type GateMetric, parseMetric, type Where, whereText } from '../../../contracts/gate-metric.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { scriptTable, templateOf } from '../../../contracts/template.ts';
import { type Database, text } from '../../ledger/database.ts';
import { IN_TIME } from '../../ledger/turns.ts';
import { countViolations, type ViolationCount } from './counts.ts';
import { type Lateness, latenessOf } from './lateness.ts';
import { type Ranked, rank } from './percentile.ts';
import { readSample, WAITING } from './sample.ts';
import { LATE_MS, readShares, type Shares } from './shares.ts';

/** A distribution of times, and what late starts may have changed in it. */
export interface Timed {
  readonly ranked: Ranked;
  readonly lateness: Lateness | undefined;
}

/** What gates ask of some turns of a run. */
export interface Slice {
  readonly latency: Timed;
  /** To the first byte; where a gate asks for it. */
  readonly waiting?: Timed;
  readonly shares: Shares;
  readonly violations: ViolationCount;
}

/** By the selectors of gates, as `whereText` spells them: empty for all turns. */
export type Slices = ReadonlyMap<string, Slice>;

/** What the gates of the plan ask for, and what reports show of all turns. */
export async function readSlices(db: Database, plan: Plan): Promise<Slices> {
  const groups = new Map<string, GateMetric[]>([['', []]]);
  for (const metric of metricsOf(plan)) {
    const key = whereText(metric.where);
    groups.set(key, [...(groups.get(key) ?? []), metric]);
  }
  const slices = new Map<string, Slice>();
  for (const [key, asked] of groups) slices.set(key, await readSlice(db, plan, asked));
  return slices;
}

const metricsOf = ({ gates }: Plan): GateMetric[] => gates.flatMap(({ metric }) => parseMetric(metric) ?? []);

async function readSlice(db: Database, plan: Plan, asked: readonly GateMetric[]): Promise<Slice> {
  const where = asked[0]?.where ?? {};
  const users = role(where.role ?? 'user');
  // A stage that a gate names decides it, be it one of those that decide the others or not.
  const measured = where.stage === undefined ? 'measured' : `(attempt = 0 AND ${stage(where)})`;
  const scripts = ofScripts(plan, where);
  const withLate = plan.model !== 'closed' && (await hasLate(db));
  const timed = async (took?: string): Promise<Timed> => {
    const condition = `${measured} AND ${users} AND ${scripts}`;
    const ranked = rank(await readSample(db, condition, { ...(took && { took }), withLate }));
    return { ranked, lateness: latenessOf(ranked, plan.model) };
  };
  return {
    latency: await timed(),
    ...(asked.some(({ family }) => family === 'waiting') ? { waiting: await timed(WAITING) } : {}),
    shares: await readShares(db, { measured, users, all: `${role(where.role)} AND ${scripts}`, scripts }),
    violations: await countViolations(db, `${stage(where)} AND ${role(where.role)} AND ${scripts}`),
  };
}

async function hasLate(db: Database): Promise<boolean> {
  return (await db.rows(`SELECT 1 FROM turn WHERE lateMs > ${LATE_MS} LIMIT 1`)).length > 0;
}

const stage = ({ stage: name }: Where): string => (name === undefined ? 'true' : `stage = ${text(name)}`);
const role = (name: string | undefined): string => (name === undefined ? 'true' : `role = ${text(name)}`);

/** Turns of the scripts that the selectors name. */
function ofScripts({ workload }: Plan, { language, script }: Where): string {
  if (language === undefined && script === undefined) return 'true';
  const meant = workload.conversations.flatMap((it, index) => {
    const isMeant = (script ?? it.id) === it.id && (language === undefined || it.language === language);
    return isMeant ? [index] : [];
  });
  return `list_contains([${meant.join(', ')}]::INT[], script)`;
}

const ROWS_A_STATEMENT = 10_000;

/** Which script each conversation follows is not in the ledger: the plan's seed draws it. Where gates ask for it, turns get it as a column. */
export async function tellScripts(db: Database, plan: Plan): Promise<void> {
  const isAsked = ({ where }: GateMetric): boolean => where.language !== undefined || where.script !== undefined;
  if (!metricsOf(plan).some(isAsked)) return;
  const { seed, workload } = plan;
  const table = scriptTable(workload.conversations);
  const [conversations = new Float64Array()] = await db.columns('SELECT DISTINCT conversation FROM turn');
  await db.run('CREATE TABLE follows (conversation BIGINT, script INT)');
  for (let from = 0; from < conversations.length; from += ROWS_A_STATEMENT) {
    const rows = [...conversations.subarray(from, from + ROWS_A_STATEMENT)].map(
      (conversation) => `(${conversation}, ${templateOf(seed, conversation, table)})`,
    );
    await db.run(`INSERT INTO follows VALUES ${rows.join(', ')}`);
  }
  await db.run(`CREATE TABLE told AS SELECT turn.*, script FROM turn JOIN follows USING (conversation) ${IN_TIME}`);
  await db.run('DROP TABLE turn');
  await db.run('ALTER TABLE told RENAME TO turn');
}
