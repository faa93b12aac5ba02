import type { Audit, AuditCounts, AuditShares, Finding } from '../../contracts/generated/audit.ts';
import { share } from '../foundation/statistics/share.ts';
import type { StoredConversation } from '../http/stored-conversation.ts';
import { type Evidence, indexOf, isAnswered, turnKey, type Unanswered, unansweredAs } from './evidence.ts';
import type { FindingKind } from './finding.ts';
import { judgeNamed } from './named-events.ts';
import type { LedgerTurn } from './run-ledger.ts';
import { judgeUnnamed, type Unnamed } from './unnamed-events.ts';

/** What an audit finds out, before its verdict. */
export type Reconciled = Pick<Audit, 'counts' | 'shares' | 'unanswered' | 'retries' | 'findings'>;

/** Holds what the service stored against what the ledger says; pure. */
export function reconcile(evidence: Evidence): Reconciled {
  const { ledger, selected, homes, strays, stored, unread } = evidence;
  const index = indexOf(evidence);
  const conversations = [...selected].flatMap((number) => ledger.conversations.get(number) ?? []);
  const judged = conversations.filter(({ conversation }) => !unread.has(conversation));
  const findings: Finding[] = [];
  const rest = restJudge(evidence, index);
  for (const conversation of judged) {
    const id = homes.get(conversation.conversation);
    const home = id === undefined ? undefined : stored.get(id);
    findings.push(...judgeNamed(conversation, { id, events: home?.events ?? [] }, evidence, index));
    if (home !== undefined) findings.push(...rest.judge(home));
  }
  const numbers = new Set(judged.map(({ conversation }) => conversation));
  for (const [id, number] of strays) {
    const stray = stored.get(id);
    if (stray !== undefined && numbers.has(number)) findings.push(...rest.judge(stray));
  }
  const turns = judged.flatMap((conversation) => conversation.turns);
  const unrelated = rest.unnamed.reduce((sum, one) => sum + one.unrelated, 0);
  const counts: AuditCounts = {
    conversations: ledger.conversations.size,
    storedConversations: rest.seen.size,
    selected: conversations.length,
    read: judged.length,
    unread: conversations.length - judged.length,
    ...turnCounts(turns),
    stored: rest.events() - unrelated,
    unrelated,
  };
  return {
    counts,
    shares: sharesOf(findings, counts),
    unanswered: unansweredRows(turns, rest.executed),
    retries: { storedTwice: storedTwice(turns, rest.unnamed) },
    findings,
  };
}

interface RestJudge {
  /** The findings on the events of a stored conversation that no answer named; none where it was judged before. */
  readonly judge: (conversation: StoredConversation) => readonly Finding[];
  readonly unnamed: readonly Unnamed[];
  /** Turns without a usable answer that the service stored. */
  readonly executed: ReadonlySet<LedgerTurn>;
  /** Ids of the conversations that were judged: several of the run may be one of the service. */
  readonly seen: ReadonlySet<string>;
  /** Of all conversations that were judged. */
  readonly events: () => number;
}

function restJudge(evidence: Evidence, index: ReturnType<typeof indexOf>): RestJudge {
  const unnamed: Unnamed[] = [];
  const executed = new Set<LedgerTurn>();
  const seen = new Set<string>();
  let events = 0;
  return {
    judge: (conversation) => {
      if (seen.has(conversation.id)) return [];
      seen.add(conversation.id);
      events += conversation.events.length;
      const rest = judgeUnnamed(conversation, evidence, index, executed);
      unnamed.push(rest);
      return rest.findings;
    },
    unnamed,
    executed,
    seen,
    events: () => events,
  };
}

function turnCounts(turns: readonly LedgerTurn[]): Pick<AuditCounts, 'turns' | 'answered' | 'named'> {
  const named = turns.reduce((sum, turn) => sum + turn.events.length, 0);
  return { turns: turns.length, answered: turns.filter(isAnswered).length, named };
}

function sharesOf(findings: readonly Finding[], { named, stored, turns }: AuditCounts): AuditShares {
  const of = (kind: FindingKind): Finding[] => findings.filter((finding) => finding.kind === kind);
  const part = (kind: FindingKind, n: number) => share(Math.min(of(kind).length, n), n);
  const crossed = new Set(of('cross-talk').map(({ turn }) => turn && turnKey(turn)));
  return {
    lost: part('lost', named),
    altered: part('altered', named),
    reordered: part('reordered', named),
    misplaced: part('misplaced', named),
    duplicated: part('duplicated', stored),
    foreign: part('foreign', stored),
    crossTalk: share(Math.min(crossed.size, turns), turns),
  };
}

/** Turns without a usable answer by what became of them, and how many of them were stored. */
function unansweredRows(turns: readonly LedgerTurn[], executed: ReadonlySet<LedgerTurn>): Audit['unanswered'] {
  const rows = new Map<string, { as: Unanswered; stored: number; sent: number }>();
  for (const turn of turns) {
    const as = unansweredAs(turn);
    if (as === undefined) continue;
    const key = `${as.what} ${as.status}`;
    const row = rows.get(key) ?? { as, stored: 0, sent: 0 };
    row.sent += 1;
    if (executed.has(turn)) row.stored += 1;
    rows.set(key, row);
  }
  return [...rows.values()].map(({ as, stored, sent }) => ({ ...as, stored: share(stored, sent) }));
}

/** Of the turns that were sent again, those whose own event is stored more than once. */
function storedTwice(turns: readonly LedgerTurn[], unnamed: readonly Unnamed[]): ReturnType<typeof share> {
  const retried = new Set(turns.filter(({ attempt }) => attempt > 0).map(turnKey));
  const copies = new Map<string, number>();
  for (const one of unnamed) for (const [key, times] of one.copies) copies.set(key, (copies.get(key) ?? 0) + times);
  return share([...retried].filter((key) => (copies.get(key) ?? 0) > 1).length, retried.size);
}
