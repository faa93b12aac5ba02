/** What a check must make of an operator: the class, a part of the template, and the kinds of probes that can show it. */
export interface Expectation {
  readonly class: 'critical' | 'breaking' | 'behavioural' | 'additive' | 'statistical';
  readonly template: RegExp;
}

/** Operators that change nothing that an answer could show to a check without a distribution to compare with. */
export const UNSEEN: Readonly<Record<string, string>> = {
  M043: 'any csatRating is legal',
  M088: 'the reference does not say when a user event is dated within its turn',
  M172: 'that metadata can be read again is not documented',
  M193: 'a distribution of replies',
  M196: 'a distribution of replies',
  M205: 'a distribution of articles',
  M217: 'no answer shows it',
  'articles-missing': 'a distribution of articles',
  'articles-fewer': 'a distribution of articles',
  'articles-everywhere': 'a distribution of articles',
  'article-host': 'a distribution of articles',
  'filled-documentUrl': 'a distribution of articles: some have one, whatever the mix',
  'emptied-documentUrl': 'a distribution of articles: some have none, whatever the mix',
  'id-time': 'UUIDs of version 1 are legal (L15), and are times by design',
  'reply-language': 'a distribution of replies',
  'reply-handover': 'a distribution of replies',
  'answer-to-previous': 'only more turns with a fact in them show it',
  'context-lost': 'only more turns with a fact in them show it',
  'context-short': 'only more turns with a fact in them show it',
  'connection-close': 'each probe has a connection of its own anyway',
  'limit-100-halved': 'a smoke check has fewer than fifty conversations',
  'event-vanishes': 'a smoke check is over by then',
  'visible-late': 'a distribution of times',
  'emptied-externalId': 'the accepted runs have it null',
  'emptied-externalCreatedAt': 'the accepted runs have it null',
  'emptied-csatRating': 'the accepted runs have it null',
  'emptied-feedback': 'the accepted runs have it null',
  'emptied-approved': 'the accepted runs have it null',
  'emptied-resolved': 'the accepted runs have it null',
  'emptied-tags': 'tags are a list: none is legal',
};
/** Operators that the turns of a standard budget show to a check with accepted runs. */
export const OF_STANDARD: readonly string[] = ['answer-to-previous', 'context-lost', 'context-short'];
/** Operators of which fewer exchanges than 90 of a standard budget can show anything. */
export const CONDITIONAL: Readonly<Record<string, string>> = {
  'article-twice': 'only a reply that used articles shows it',
  'reply-constant': 'a distribution: only all replies together show it',
};
/** Operators that turns some seconds apart show: a whole check lasts as long. */
export const OF_SPAN: readonly string[] = ['M085'];
/** Durations are capacity's to judge. */
export const OF_TIME = /^(M178|M181|M184|M187|latency-)/;

export const expectation = (cls: Expectation['class'], template: RegExp): Expectation => ({ class: cls, template });
export const STATUS = /\/status$/;
export const HEADER = /\/headers\//;
export const BODY = /^#\/responses\/[^/]+\/body/;

/** By pattern of operator ids; the first that matches holds. */
const TABLE: readonly (readonly [RegExp, Expectation])[] = [
  [/^(M211|M214|error-property-added)$/, expectation('additive', BODY)],
  [
    /^(error-(stack|sql|path|secret|key)|(property|name)-(key|secret|token|email|phone))$/,
    expectation('critical', BODY),
  ],
  [/^header-key$/, expectation('critical', HEADER)],
  [/^error-problem$/, expectation('breaking', /\/headers\/content-type$/)],
  [/^now-and-then-50\d$/, expectation('statistical', /availability/)],
  [/^(now-and-then-429|valid-key-refused|limit-100-refused)$/, expectation('breaking', STATUS)],
  [/^(context-(lost|short)|answer-to-previous)$/, expectation('statistical', /^#\/distribution\/reply\.recall$/)],
  [/^deprecated$/, expectation('additive', HEADER)],
  [/^(cursor-invalid|limit-zero|limit-above)-accepted$/, expectation('behavioural', STATUS)],
  [/^(filled|emptied|sentinel)-/, expectation('behavioural', BODY)],
  [/^(conversation-)?id-(counter|time|steps)$/, expectation('behavioural', /\/id$/)],
  [/^reply-repeats$/, expectation('behavioural', BODY)],
  [/^(previous-ignored|previous-gap|list-names-.*)$/, expectation('behavioural', /^#\/listing/)],
  // A cache says so in a header; what it showed follows from that.
  [/^(turns|reads)-cached$/, expectation('behavioural', /^#\/responses\/[^/]+\/headers\/(age|x-cache)$/)],
  [/^start-resumed$/, expectation('critical', /^#\/(readback|listing)/)],
  [/^deleted-continued$/, expectation('behavioural', /^#\/removal/)],
  [/^M133$/, expectation('additive', HEADER)],
  [/^(M016|M127)$/, expectation('behavioural', BODY)],
  [/^(body-empty-array|reply-missing|event-missing|M064|M067)$/, expectation('breaking', BODY)],
  [
    /^(M121|content-type-.*|charset-latin1|errors-text|error-html)$/,
    expectation('breaking', /\/headers\/content-type$/),
  ],
  [
    /^(M136|M139|M142|M145|M082|.*-accepted|read-key-writes|write-key-reads|foreign-readable|key-case-ignored)$/,
    expectation('critical', STATUS),
  ],
  [/^foreign-listed$/, expectation('critical', /^#\/listing/)],
  [/^(M163|foreign-deletable)$/, expectation('critical', /^#\/removal/)],
  [/^(M202|cross-talk|answers-swapped)$/, expectation('critical', /\/message$/)],
  [/^(M151|unknown-role-500|unknown-conversation-404)$/, expectation('behavioural', STATUS)],
  [/^M112$/, expectation('behavioural', /\/message$/)],
  [
    /^(M148|refused-.*|M09[147]|M100|M103|M106|M175|status-.*|malformed-500|wrong-types-500|unknown-agent-400|error-200|agents-500|list-500|get-500|other-role-500)$/,
    expectation('breaking', STATUS),
  ],
  [/^M079$/, expectation('behavioural', /^#\/sequence/)],
  [/^(M154|M157|list-.*)$/, expectation('behavioural', /^#\/listing/)],
  [
    /^(M160|M166|M169|event-lost|event-stored-twice|message-altered|time-altered|order-altered)$/,
    expectation('behavioural', /^#\/readback/),
  ],
  [/^reply-constant$/, expectation('behavioural', BODY)],
  [/^deleted-kept$/, expectation('behavioural', /^#\/removal/)],
  [/^(article-title-empty|id-nil)$/, expectation('behavioural', BODY)],
  [
    /^(M058|M061|M064|M067|M07[036]|M085|echo-.*|reply-(missing|repeated|to-others|before-question|blank|parrot|error|stack)|event-(missing|twice)|role-echoed-wrong|id-repeated|clock-skew|M190|M199|M208|article-twice|articles-on-question)$/,
    expectation('behavioural', BODY),
  ],
  [/./, expectation('breaking', BODY)],
];

/** Requests that are refused as invalid, and were accepted: no matter of access. */
const INVALID_ACCEPTED = ['missing-content-accepted', 'unknown-role-accepted'];

export function expectationOf(id: string): Expectation {
  if (INVALID_ACCEPTED.includes(id)) return expectation('breaking', STATUS);
  const found = TABLE.find(([pattern]) => pattern.test(id))?.[1];
  if (found === undefined) throw new Error(`no expectation of operator ${id}`);
  return found;
}
