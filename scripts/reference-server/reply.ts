import { FALLBACK, TOPICS, type Topic } from './corpus.ts';
import type { Article, PublicEvent } from './event.ts';
import { pick, type Random } from './random.ts';
import { asksForCode, givenCode } from './recall.ts';

/** What the AI says, and the articles that it took it from. */
export interface Reply {
  readonly message: string;
  readonly usedArticles: readonly Article[];
}

/** The start of a message tells its topic; long ones are not searched whole. */
const SEARCHED_CHARS = 1_000;

/**
 * The AI's reply to a message, after the events of its conversation: what the customer gave before where that is asked for,
 * else by its topic (by keywords) one of the topic's replies (by chance).
 */
export function reply(content: string, before: readonly PublicEvent[], next: Random): Reply {
  const code = asksForCode(content) ? givenCode(before) : undefined;
  if (code !== undefined) return { message: `The one that you gave me is ${code}.`, usedArticles: [] };
  const topic = topicOf(content.slice(0, SEARCHED_CHARS).toLowerCase());
  return { message: pick(topic.replies, next()), usedArticles: topic.articles };
}

function topicOf(text: string): Topic {
  let best = FALLBACK;
  let most = 0;
  for (const topic of TOPICS) {
    let hits = 0;
    for (const keyword of topic.keywords) if (text.includes(keyword)) hits++;
    if (hits > most) [best, most] = [topic, hits];
  }
  return best;
}
