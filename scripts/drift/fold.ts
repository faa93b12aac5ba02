import { createHash } from 'node:crypto';
import type { Finding } from '../../contracts/generated/findings.ts';
import { VIOLATION_CLASSES } from '../../contracts/violation.ts';
import { clopperPearson } from '../foundation/statistics/binomial.ts';
import { gathered } from './gathered.ts';
import { isJudged } from './judge/answer/judge-exchange.ts';
import { explains } from './judge/explains.ts';
import { MISSING } from './judge/explains-omission.ts';
import { placeOf } from './judge/place.ts';
import { compareGroups, haveOneCause } from './judge/same-cause.ts';
import { DRIFT_RULES } from './rules/index.ts';
import type { Group, Probe, Sighting } from './sighting.ts';

const FINGERPRINT_DIGITS = 12;

/** A finding before its evidence is written; `probes` are the exchanges that show it, the first ones first. */
export interface FoldedFinding {
  readonly finding: Finding;
  readonly probes: readonly Probe[];
}

/**
 * One finding a change: equal breaches of many answers, and what the same change shows as elsewhere, are put together.
 * `accepted`: ids of findings that somebody has accepted, which take in nothing but what follows from their rule.
 */
export function fold(
  sightings: readonly Sighting[],
  probes: readonly Probe[],
  accepted: ReadonlySet<string> = new Set(),
): FoldedFinding[] {
  const groups = new Map<string, Group>();
  for (const one of sightings) {
    const key = keyOf(one);
    const group = groups.get(key) ?? { key, sightings: [] };
    groups.set(key, group);
    group.sightings.push(one);
  }
  const few = gathered([...groups.values()], keyOf);
  const causes = withLikelyCauses(causesOf(few), few, accepted);
  const roots = few.filter((group) => !causes.has(group));
  return roots
    .map((root) => {
      const related = [...causes].filter(([, cause]) => cause === root).map(([group]) => group);
      return findingOf(root, related, probes);
    })
    .sort((a, b) => rank(a.finding) - rank(b.finding));
}

export function rank({ class: cls, notice, frequency }: Finding): number {
  return VIOLATION_CLASSES.indexOf(cls) * 10 + (notice ? 5 : 0) - frequency.rate;
}

/** Of these any other value is the same change. */
const OF_ANY_VALUE: readonly string[] = [DRIFT_RULES.wordReplaced.id];

/** Equal for breaches that one change explains. A status is what it is; of other values only the type matters. */
export function keyOf({ rule, template, observed }: Pick<Sighting, 'rule' | 'template' | 'observed'>): string {
  const type = OF_ANY_VALUE.includes(rule) ? '' : observed.type;
  const what = template.endsWith('/status') ? observed.sample : type;
  return [MISSING.includes(rule) ? MISSING[0] : rule, placeOf(template), what].join('|');
}

/** What each group that is no finding of its own follows from, in the end. */
function causesOf(groups: readonly Group[]): ReadonlyMap<Group, Group> {
  const causes = new Map<Group, Group>();
  const rootOf = (group: Group): Group => {
    const cause = causes.get(group);
    return cause === undefined ? group : rootOf(cause);
  };
  for (const group of groups) {
    const cause = groups.find((other) => other !== group && explains(other, group) && rootOf(other) !== group);
    if (cause !== undefined) causes.set(group, cause);
  }
  return new Map([...causes.keys()].map((group) => [group, rootOf(group)]));
}

/** The same, and what most likely has one cause: of what is left by itself, the worst takes in the others. */
function withLikelyCauses(
  causes: ReadonlyMap<Group, Group>,
  groups: readonly Group[],
  accepted: ReadonlySet<string>,
): ReadonlyMap<Group, Group> {
  const alone = groups.filter((group) => !causes.has(group)).sort(compareGroups);
  const likely = new Map<Group, Group>();
  for (const [index, group] of alone.entries()) {
    const cause = alone
      .slice(0, index)
      .find((other) => !likely.has(other) && !accepted.has(idOf(other)) && haveOneCause(other, group));
    if (cause !== undefined && !accepted.has(idOf(group))) likely.set(group, cause);
  }
  return new Map([...likely, ...[...causes].map(([group, cause]) => [group, likely.get(cause) ?? cause] as const)]);
}

const idOf = (root: Group): string =>
  fingerprint([root.key, JSON.stringify(leading(root.sightings).expected.type ?? null)]);

/** Stable over runs and versions: of what a finding says, not of where it was seen first. */
export function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('|')).digest('hex').slice(0, FINGERPRINT_DIGITS);
}

function findingOf(root: Group, related: readonly Group[], probes: readonly Probe[]): FoldedFinding {
  const first = leading(root.sightings);
  const sighted = [...new Set(root.sightings.map(({ probe }) => probe))];
  const k = sighted.length;
  const n = Math.max(k, comparable(sighted, probes));
  const templates = new Set(root.sightings.map(({ template }) => template));
  const operations = [...new Set(sighted.map(({ operation }) => operation))];
  const finding: Finding = {
    id: idOf(root),
    rule: first.rule,
    class: first.class,
    notice: first.notice,
    why: first.why,
    operation: first.probe.operation,
    condition: first.probe.step.expect.condition,
    location: first.location,
    template: isOneOf(templates, first.template) ? first.template : placeOf(first.template),
    expected: { ...first.expected },
    observed: { ...first.observed },
    frequency: { k, n, rate: k / n, ci95: [...clopperPearson(k, n)] as [number, number] },
    spread: {
      operations,
      conditions: [...new Set(sighted.map(({ step }) => step.expect.condition))],
      firstAt: Math.min(...sighted.map(({ exchange }) => exchange.sentAt)),
      lastAt: Math.max(...sighted.map(({ exchange }) => exchange.sentAt)),
    },
    related: related.map(({ sightings }) => ({
      rule: sightings[0]?.rule ?? '',
      template: sightings[0]?.template ?? '',
      k: new Set(sightings.map(({ probe }) => probe)).size,
    })),
    evidence: [],
    baseline: null,
    suppressedBy: null,
  };
  return { finding, probes: sighted };
}

/** Whether all templates are at one operation's place: statuses apart, the first stands for them. */
function isOneOf(templates: ReadonlySet<string>, first: string): boolean {
  const base = (template: string): string => /^#\/responses\/[^/]+/.exec(template)?.[0] ?? '';
  return [...templates].every((template) => base(template) === base(first));
}

const OPERATIONS: readonly string[] = [
  'generate-answer',
  'get-conversation',
  'list-conversations',
  'list-agents',
  'delete-conversation',
];

/** The sighting that speaks for all: of the operation that comes first, by time. */
function leading(sightings: readonly Sighting[]): Sighting {
  const [first] = [...sightings].sort(
    (a, b) =>
      OPERATIONS.indexOf(a.probe.operation) - OPERATIONS.indexOf(b.probe.operation) || a.probe.index - b.probe.index,
  );
  if (first === undefined) throw new Error('a finding without a sighting');
  return first;
}

/** How many answers could have shown it: those to the same operations, to requests of the same sort. */
function comparable(sighted: readonly Probe[], probes: readonly Probe[]): number {
  const same = (property: (probe: Probe) => string): ((probe: Probe) => boolean) => {
    const values = new Set(sighted.map(property));
    return (probe) => values.has(property(probe));
  };
  const isLike = [
    same(({ operation }) => operation),
    same(({ step }) => String(step.expect.statuses.every((status) => status < 300))),
    same(({ step }) => (step.turn === undefined ? step.do : step.turn.role === 'user' ? 'user' : 'other')),
    same(({ step }) => (step.expect.statuses.every((status) => status < 300) ? '' : step.expect.condition)),
  ];
  const shown = new Set(sighted);
  return probes.filter((probe) => shown.has(probe) || (isJudged(probe) && isLike.every((like) => like(probe)))).length;
}
