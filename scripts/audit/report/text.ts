import type { Audit, AuditTurn, Finding } from '../../../contracts/generated/audit.ts';
import { count, duration, interval, plural, share } from '../../foundation/text/format.ts';
import { textTable } from '../../foundation/text/table.ts';
import { styles, textLines } from '../../foundation/text/terminal.ts';
import { VERDICTS } from '../../foundation/text/verdicts.ts';
import type { Unanswered } from '../evidence.ts';
import { KINDS } from '../finding.ts';

/** Each is in audit.json; these are enough to begin with. */
const MOST_SHOWN = 10;

export interface AuditTextOptions {
  readonly color?: boolean;
  /** Path of audit.json, shown last. */
  readonly path?: string;
}

/** An audit for a terminal: the verdict first, then the shares, then the offenders. */
export function renderAudit(audit: Audit, { color, path }: AuditTextOptions = {}): string {
  const c = styles(color);
  const { mark, word } = VERDICTS[audit.verdict];
  const paint = { pass: c.green, fail: c.red, 'no-evidence': c.yellow }[audit.verdict];
  const facts = auditFacts(audit).map(({ name, value, note }) => [name, value, c.dim(note)]);
  const shown = audit.findings.slice(0, MOST_SHOWN).map((it) => {
    const name = it.class === 'notice' ? c.yellow(it.kind) : c.red(it.kind);
    return `  ${name}  ${findingStory(it)}`;
  });
  const more = audit.findings.length - shown.length;
  return textLines([
    `${paint(c.bold(`${mark} AUDIT ${word.toUpperCase()}`))}  ${auditReason(audit)}`,
    c.dim(`  ${auditScope(audit)}`),
    ...textTable(facts, 'lrl'),
    ...shown,
    ...(more > 0 ? [`  and ${count(more)} more in audit.json`] : []),
    ...(path === undefined ? [] : [`${c.dim('Audit')}  ${path}`]),
  ]);
}

/** Why the verdict is what it is, for places that show the verdict already. */
export function auditReason({ reason, counts, findings }: Audit): string {
  const { read, selected, unread, named } = counts;
  switch (reason) {
    case 'all-stored':
      return `${plural(read, 'conversation contains', 'conversations contain')} ${named === 1 ? 'the one event' : `all ${count(named)} events`} that the answers named${storedRest(counts)}.`;
    case 'breaches':
      return `${kindsIn(findings).join(', ')}.`;
    case 'unread':
      return `${count(unread)} of ${plural(selected, 'conversation')} could not be read.`;
    case 'no-conversations':
      return 'The run has no conversation.';
    case 'nothing-stored':
      return 'No turn was answered, and nothing is stored.';
    default:
      return reason satisfies never;
  }
}

/** What else is to be known of a pass: how many conversations of the service these are, and what in them is not the run's. */
function storedRest({ read, storedConversations = read, unrelated }: Audit['counts']): string {
  const fewer =
    storedConversations < read ? `, stored as ${plural(storedConversations, 'conversation')} of the service` : '';
  return unrelated === 0
    ? `${fewer}, and nothing else`
    : `${fewer}; ${plural(unrelated, 'further event belongs', 'further events belong')} to others`;
}

/** Breaches by kind, the worst first: `2 lost`. */
function kindsIn(findings: Audit['findings']): string[] {
  return Object.entries(KINDS).flatMap(([kind, { class: level }]) => {
    const times = findings.filter((finding) => finding.kind === kind).length;
    return level === 'notice' || times === 0 ? [] : [`${count(times)} ${kind}`];
  });
}

/** What was looked at, and what that cost. */
export function auditScope({ counts, sample, requests }: Audit): string {
  const { read, selected, conversations, turns, named, stored, unread } = counts;
  const part = sample === null ? 'all' : `a sample of ${count(selected)} of`;
  const missing = unread > 0 ? `, ${count(unread)} of them could not be read` : '';
  return (
    `${part} ${plural(conversations, 'conversation')}${missing}: ${plural(turns, 'turn')} in ${count(read)}, ` +
    `${plural(named, 'event')} answered, ${count(stored)} stored; ${plural(requests.get + requests.list, 'request')}`
  );
}

export interface AuditFact {
  readonly name: string;
  readonly value: string;
  /** Counts and interval. */
  readonly note: string;
}

/** The shares of an audit, those that matter in it. */
export function auditFacts({ shares, unanswered, retries, visibility }: Audit): AuditFact[] {
  const of = (name: string, it: Audit['shares']['lost']): AuditFact => ({
    name,
    value: it.value === null ? 'not known' : share(it.value),
    note: `${count(it.k)} of ${count(it.n)} ${interval(it, share)}`.trimEnd(),
  });
  const late = visibility.longestMs === null ? '' : `the longest after ${duration(visibility.longestMs)}`;
  return [
    of('lost', shares.lost),
    of('duplicated', shares.duplicated),
    of('altered', shares.altered),
    of('reordered', shares.reordered),
    of('misplaced', shares.misplaced),
    of('cross-talk', shares.crossTalk),
    of('foreign', shares.foreign),
    ...unanswered.map((row) => of(`stored although ${unansweredText(row)}`, row.stored)),
    ...(retries.storedTwice.n > 0 ? [of('retries stored twice', retries.storedTwice)] : []),
    { name: 'visible only after a delay', value: count(visibility.late), note: late },
  ];
}

function unansweredText({ what, status }: Unanswered): string {
  if (what === 'error-status') return `HTTP ${status}`;
  return what === 'unreadable' ? 'unreadable answer' : what.replaceAll('-', ' ');
}

/** One finding in words, with what is needed to look it up. */
export function findingStory(finding: Finding): string {
  const { kind, turn, other, eventId, interactionId, fields, what, status, afterMs } = finding;
  const parts = [
    turn === undefined ? undefined : named(turn),
    other === undefined ? undefined : `with ${named(other)}`,
    kind === 'altered' ? `in ${(fields ?? []).join(', ')}` : KINDS[kind].title,
    what === undefined ? undefined : `(${unansweredText({ what, ...(status !== undefined && { status }) })})`,
    afterMs === undefined ? undefined : `not yet visible after ${duration(afterMs)}`,
    eventId === undefined ? undefined : `event ${eventId}`,
    interactionId === undefined ? undefined : `in ${interactionId}`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}

function named({ conversation, turn, attempt, run }: AuditTurn): string {
  const tail = `${attempt ? `, attempt ${attempt}` : ''}${run === undefined ? '' : `, run ${run}`}`;
  return `conversation ${conversation}, turn ${turn}${tail}`;
}
