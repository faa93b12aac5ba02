import type { Conversation } from '../../contracts/generated/conversation.ts';
import type { ConversationPage } from '../../contracts/generated/conversation-page.ts';
import type { Exchange } from '../../contracts/generated/drift-ledger.ts';
import type { Chain, DriftPlan, Step } from '../../contracts/generated/drift-plan.ts';
import type { Event } from '../../contracts/generated/event.ts';
import { turnResponse } from '../../contracts/response.ts';
import type { DriftRun } from '../../scripts/drift/judge/drift-run.ts';
import { type RunView, runView } from '../../scripts/drift/judge/run-view.ts';
import { agentsStep, findStep, readStep, removalSteps, turnStep } from '../../scripts/drift/plan/steps.ts';
import type { Probe, Sighting } from '../../scripts/drift/sighting.ts';

/** When a made check sends its first request. */
export const NOW = 1_770_000_000_000;
export const BOT = 'b0700000-0000-4000-8000-000000000000';
export const GRACE_MS = 3_000;
/** From one request to the next, where a test says nothing else. */
const STEP_MS = 1_000;
const TOOK_MS = 100;

/** A UUID that a test can read: `id('c', 1)`. */
export function id(kind: string, number: number): string {
  const hex = Buffer.from(kind).toString('hex').padEnd(8, '0').slice(0, 8);
  return `${hex}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function event(change: Partial<Event> = {}): Event {
  return {
    id: id('e', 1),
    createdAt: NOW,
    role: 'user',
    type: 'message',
    message: 'A question.',
    externalId: null,
    externalCreatedAt: null,
    csatRating: null,
    feedback: null,
    approved: null,
    resolved: null,
    attachments: [],
    tags: [],
    usedArticles: [],
    ...change,
  };
}

/** What a user turn is answered with. */
export function exchangeOf(turn: number, change: { user?: Partial<Event>; reply?: Partial<Event> } = {}): Event[] {
  const createdAt = NOW + turn;
  return [
    event({ id: id('u', turn), createdAt, message: `Question ${turn}.`, ...change.user }),
    event({ id: id('r', turn), createdAt, role: 'finibot', message: `Reply ${turn}.`, ...change.reply }),
  ];
}

export function conversation(
  number: number,
  events: readonly Event[],
  change: Partial<Conversation> = {},
): Conversation {
  return {
    id: id('c', number),
    createdAt: NOW,
    source: 'api',
    channel: null,
    status: 'open',
    externalId: null,
    url: null,
    subjectPreview: null,
    hasFeedback: false,
    resolved: null,
    userAttributes: null,
    usedArticles: [],
    usedSubfolders: [],
    events: [...events],
    ...change,
  } as Conversation;
}

export function page(interactions: readonly Conversation[], change: Partial<ConversationPage> = {}): ConversationPage {
  return { interactions: [...interactions], hasMore: false, nextCursor: null, prevCursor: null, ...change };
}

/** A request of a made check and what it was answered. */
export interface Made {
  readonly step: Step;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  /** Since the start of the check. */
  readonly at?: number;
  readonly took?: number;
  readonly url?: string;
  readonly conversation?: string;
  readonly exchange?: Partial<Exchange>;
}

/** A user turn, answered with these events. */
export function turn(number: number, events: readonly Event[] = exchangeOf(number), more: Partial<Made> = {}): Made {
  const content = `Question ${number}.`;
  const step = turnStep('U', 'valid-user-turn', { role: 'user', content, continued: false }, { botId: BOT });
  return { step, body: events, ...more };
}

/** The next turn of the same conversation. */
export function continued(number: number, events: readonly Event[], more: Partial<Made> = {}): Made {
  const said = { role: 'user', content: `Question ${number}.`, continued: true } as const;
  return { step: turnStep('C', 'continued-conversation', said, {}), body: events, ...more };
}

export const found = (body: ConversationPage, more: Partial<Made> = {}): Made => ({ step: findStep(), body, ...more });

export function read(of: Conversation, more: Partial<Made> = {}): Made {
  return { step: readStep(), body: of, conversation: of.id, ...more };
}

export const agents = (body: unknown, more: Partial<Made> = {}): Made => ({ step: agentsStep(), body, ...more });

/** The three steps that remove the conversation of a chain, each with its answer. */
export function removal(of: number, name: string, answers: readonly Partial<Made>[]): Made[] {
  return removalSteps(of).map((step, index) => ({ step, conversation: name, ...answers[index] }));
}

/** A check that sent these chains of requests, one after the other. `phases`: of the chains, 1 where it is not said. */
export function madeRun(chains: readonly (readonly Made[])[], phases: readonly number[] = []): DriftRun {
  const planned: Chain[] = chains.map((steps, at) => ({
    id: at,
    phase: phases[at] ?? 1,
    steps: steps.map(({ step }) => step),
  }));
  let index = 0;
  const probes = chains.flatMap((steps, chain) =>
    steps.map((made, step) => probeOf(made, planned[chain] as Chain, step, index++)),
  );
  const plan = { chains: planned, graceMs: GRACE_MS, target: { baseUrl: '', botId: BOT, embedded: true } };
  return {
    plan: plan as unknown as DriftPlan,
    probes,
    skipped: [],
    faults: [],
    leftBehind: [],
    tidied: true,
    complete: true,
  };
}

function probeOf(made: Made, chain: Chain, at: number, index: number): Probe {
  const { step, status = 200, headers = { 'content-type': 'application/json' }, body = '' } = made;
  const sentAt = NOW + (made.at ?? index * STEP_MS);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const exchange: Exchange = {
    kind: 'exchange',
    chain: chain.id,
    step: at,
    look: 0,
    sentAt,
    settledAt: sentAt + (made.took ?? TOOK_MS),
    outcome: 'answered',
    status,
    errorCode: 0,
    durationMs: made.took ?? TOOK_MS,
    url: made.url ?? step.path,
    ...(made.conversation === undefined ? {} : { conversation: made.conversation }),
    headers,
    body: text,
    utf8: true,
    ...made.exchange,
  };
  const response = { ...turnResponse(exchange.status, headers, exchange.body), utf8: true };
  return { index, chain, step, operation: step.operation, exchange, response };
}

export function viewOf(chains: readonly (readonly Made[])[], phases: readonly number[] = []): RunView {
  return runView(madeRun(chains, phases));
}

/** What was seen, a line each: `rule template`. */
export const lines = (sightings: readonly Sighting[]): string[] =>
  sightings.map(({ rule, template }) => `${rule} ${template}`);
