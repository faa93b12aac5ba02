import { type Random, random } from '../../../contracts/random.ts';
import { gammaOfMeanOne } from '../../foundation/statistics/gamma.ts';
import type { PastConversation } from '../../reference-server/index.ts';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
/** A Monday, 00:00 UTC. */
export const MONDAY = Date.UTC(2026, 0, 5);

/** The laws that a history is drawn from. */
export interface KnownLaw {
  /** Conversations in a mean hour. */
  readonly perHour: number;
  /** Squared coefficient of variation of an hour's rate. */
  readonly dispersion: number;
  /** Of each further turn. */
  readonly continues: number;
  readonly meanPauseMs: number;
  /** Share of German conversations; the others are English. */
  readonly german: number;
  readonly weeks: number;
}

/** Of an hour of the week around 1: busy by day, quiet at night and at weekends. */
export function hourFactor(hour: number): number {
  const [day, of] = [Math.floor(hour / 24), hour % 24];
  return (1 + 0.8 * Math.sin(((of - 8) / 24) * 2 * Math.PI)) * (day < 5 ? 1.2 : 0.5);
}

/** Messages that hold what no model may. */
const TEXTS = {
  en: 'Hello, this is Henrietta Quackenbush, my parcel 7788123 never arrived at henrietta@quack.example, call +49 170 5550199',
  de: 'Guten Tag, hier ist Henrietta Quackenbush, mein Paket 7788123 ist nie angekommen, bitte rufen Sie +49 170 5550199 an',
} as const;

/** Conversations by these laws that start in whole weeks before `untilMs`, in the order of their latest messages. */
export function knownHistory(law: KnownLaw, seed: number, untilMs: number): PastConversation[] {
  const next = random(seed, 0x6b);
  const from = Math.floor(untilMs / HOUR_MS) - law.weeks * WEEK_HOURS;
  const conversations: PastConversation[] = [];
  for (let hour = from; hour < from + law.weeks * WEEK_HOURS; hour++) {
    const ofWeek = (((hour - MONDAY / HOUR_MS) % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS;
    const rate = law.perHour * hourFactor(ofWeek) * gammaOfMeanOne(law.dispersion, next);
    for (let at = exponential(next) / rate; at < 1; at += exponential(next) / rate) {
      conversations.push(conversation(law, Math.floor((hour + at) * HOUR_MS), next));
    }
  }
  const latest = ({ messages }: PastConversation): number => messages.at(-1)?.at ?? 0;
  return conversations.filter((it) => latest(it) < untilMs).sort((a, b) => latest(a) - latest(b));
}

function conversation({ continues, meanPauseMs, german }: KnownLaw, startMs: number, next: Random): PastConversation {
  const text = next() < german ? TEXTS.de : TEXTS.en;
  const messages: PastConversation['messages'][number][] = [];
  let at = startMs;
  do {
    if (messages.length > 0) at += Math.round(meanPauseMs * exponential(next));
    messages.push({ at, role: 'user', text });
    at += 2_000;
    messages.push({ at, role: 'finibot', text: 'Let me look into that for you.' });
  } while (next() < continues);
  const userAttributes = { name: 'Henrietta Quackenbush', email: 'henrietta@quack.example' };
  return { channel: 'chat', userAttributes, messages };
}

const exponential = (next: Random): number => -Math.log(1 - next());
