import type { Distribution, DriftResult, Finding } from '../../../contracts/generated/findings.ts';
import { fingerprint } from '../fold.ts';
import { DRIFT_RULES } from '../rules/index.ts';

/** Statistics that differ from those of the accepted runs, as findings. */
export function distributionFindings(
  distributions: readonly Distribution[],
  { startedAt, endedAt }: Pick<DriftResult, 'startedAt' | 'endedAt'>,
): Finding[] {
  const { id: rule, class: cls, why } = DRIFT_RULES.distributionChanged;
  return distributions
    .filter(({ differs }) => differs)
    .map((statistics) => {
      const { metric, n, baseline, observed } = statistics;
      const template = `#/distribution/${metric}`;
      return {
        id: fingerprint([rule, template, observed > baseline ? 'up' : 'down']),
        rule,
        class: cls,
        notice: false,
        why,
        operation: 'generate-answer',
        condition: 'all replies',
        location: template,
        template,
        expected: { mean: rounded(baseline) },
        observed: { type: 'number', sample: String(rounded(observed)) },
        frequency: { k: n, n, rate: 1, ci95: [0, 1] },
        spread: {
          operations: ['generate-answer'],
          conditions: ['all replies'],
          firstAt: startedAt ?? 0,
          lastAt: endedAt ?? 0,
        },
        related: [],
        evidence: [],
        baseline: null,
        suppressedBy: null,
        statistics,
      };
    });
}

/** Findings on where turns go, and whether they stay: what is asked for was said elsewhere, or is lost. */
const OF_PLACES = [
  DRIFT_RULES.continuationIgnored.id,
  DRIFT_RULES.foreignEvents.id,
  DRIFT_RULES.foreignFact.id,
  DRIFT_RULES.persistence.id,
  DRIFT_RULES.readbackOther.id,
];
const RECALL = 'reply.recall';

/** How late a turn is shown follows from reads that are not answered. */
const VISIBLE_LATE = 'turn.visible-late';
const OF_READS = [DRIFT_RULES.answerCutOff.id, DRIFT_RULES.availability.id, DRIFT_RULES.validRefused.id];
const isOfReads = ({ rule, spread }: Finding): boolean =>
  OF_READS.includes(rule) && spread.operations.includes('get-conversation');

/** How many articles replies name follows from lists of articles that are wrong. */
const OF_ARTICLES = /^reply\.(articles|same-article|linked-article|unlinked-article)$/;
const isOfArticles = ({ class: cls, template }: Finding): boolean =>
  cls !== 'additive' && template.endsWith('/usedArticles');

/** Findings on what single replies say: what all replies say together follows from them. */
const OF_REPLIES = /^reply-|^readback-altered$|^baseline-relation-changed$/;
const OF_WORDING =
  /^reply\.(length|recall|fallback|sameness|language|handover|markup|capitals|links|unfinished|phones|articles|same-article)$/;

/** What moves together, the statistic that says best what changed first; the others follow from it. */
const TOGETHER = [
  'fallback,handover,language,markup,capitals,links,phones,unfinished,length,sameness',
  'articles,linked-article,unlinked-article',
  'stalls,trend,idle,continued,article-latency,latency',
].map((names) => names.split(',').map((name) => `reply.${name}`));

/** So large a part of the replies that changed was asked for what had been said: they changed because it was forgotten. */
const MOSTLY = 0.5;

/** Whether what was forgotten explains how replies are written, and not the reverse: replies of another kind recall nothing either. */
function isForgetful(distributions: readonly Finding[]): boolean {
  const changed = ({ statistics }: Finding): number =>
    statistics?.unit === 'difference' ? Math.abs(statistics.observed - statistics.baseline) * statistics.n : 0;
  const isOf = (metrics: readonly string[]) => (one: Finding) => metrics.includes(one.statistics?.metric ?? '');
  const forgotten = distributions.filter(isOf([RECALL])).map(changed);
  const others = distributions.filter(isOf(TOGETHER.flat())).map(changed);
  return Math.max(0, ...forgotten) >= MOSTLY * Math.max(0, ...others);
}

/** Of statistics that one change of the replies moved, the one that says best what it is. */
function leading(distributions: readonly Finding[]): Finding[] {
  const [wording = [], articles = [], ...others] = TOGETHER;
  const ofReplies = isForgetful(distributions) ? [[RECALL, ...wording, ...articles]] : [[...wording, RECALL], articles];
  return [...ofReplies, ...others].reduce<Finding[]>(
    (all, metrics) => {
      const placeOf = ({ statistics }: Finding): number => metrics.indexOf(statistics?.metric ?? '');
      const [lead, ...follows] = all.filter((one) => placeOf(one) >= 0).sort((a, b) => placeOf(a) - placeOf(b));
      return all.filter((one) => !follows.includes(one)).map((one) => (one === lead ? withParts(one, follows) : one));
    },
    [...distributions],
  );
}

/** A finding with others as parts of it. */
function withParts(finding: Finding, parts: readonly Finding[]): Finding {
  const related = parts.map(({ rule, template, frequency: { k } }) => ({ rule, template, k }));
  return { ...finding, related: [...finding.related, ...related] };
}

/** Of so many replies that are broken by themselves, the others are no sample of all. */
const MANY_BROKEN = 0.1;

/** The finding for which replies were left out of the statistics. */
const leftOutFor = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(
    ({ class: cls, template, spread }) =>
      cls !== 'additive' && template.startsWith('#/responses/') && spread.operations.includes('generate-answer'),
  );

/** All findings, with a distribution as a part of the finding that explains it. `broken`: share of the replies that no statistic is of. */
export function withDistributions(
  findings: readonly Finding[],
  distributions: readonly Finding[],
  broken = 0,
): Finding[] {
  const shifted = findings.find(({ rule }) => rule === DRIFT_RULES.replyWordingOften.id);
  const isOfReplies = ({ rule, template }: Pick<Finding, 'rule' | 'template'>): boolean =>
    OF_REPLIES.test(rule) && template.endsWith('/message');
  const cause = findings.find((one) => one !== shifted && [one, ...one.related].some(isOfReplies));
  const strayed = findings.find(({ rule }) => (OF_PLACES as readonly string[]).includes(rule));
  const unread = findings.find(isOfReads);
  const otherArticles = findings.find(isOfArticles);
  const left = broken >= MANY_BROKEN ? leftOutFor(findings) : undefined;
  const causeOf = ({ statistics }: Finding): Finding | undefined => {
    const metric = statistics?.metric ?? '';
    if (left !== undefined || (cause !== undefined && OF_WORDING.test(metric))) return left ?? cause;
    if (metric === RECALL) return strayed;
    if (OF_ARTICLES.test(metric)) return otherArticles;
    return metric === VISIBLE_LATE ? unread : undefined;
  };
  const explained = distributions.filter((one) => causeOf(one) !== undefined);
  const [first, ...others] = leading(distributions.filter((one) => !explained.includes(one)));
  // A statistic says better what it is than that some replies are written in another way.
  const isPart = shifted !== undefined && OF_WORDING.test(first?.statistics?.metric ?? '');
  return [
    ...findings
      .filter((one) => !isPart || one !== shifted)
      .map((one) => {
        const parts = explained.filter((part) => causeOf(part) === one);
        return parts.length === 0 ? one : withParts(one, parts);
      }),
    ...(first === undefined ? [] : [isPart ? withParts(first, [shifted]) : first]),
    ...others,
  ];
}

const rounded = (value: number): number => Number(value.toPrecision(3));
