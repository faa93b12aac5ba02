import type { CheckedTurn, TurnResponse } from './answer.ts';
import { FORMATS } from './formats.ts';
import type { Event } from './generated/event.ts';
import { parseJson } from './parse-json.ts';
import type { EventCore } from './response.ts';
import { NIL_UUID } from './rules/event-nil-id.ts';
import { isDoubtful, isSound, isTimely } from './sound.ts';

const UUID = FORMATS.uuid as RegExp;
const ID_CHARS = 36;
/** Of epoch milliseconds, from 2001 to 2286. */
const TIME_CHARS = 13;
/** A service that never writes two answers alike is not learnt from for ever. */
const MOST_SKELETONS = 4;
const MOST_LISTS = 100;
const LONGEST_LIST = 2_000;
const MOST_LESSONS = 1_000;
/** A longer text would be copied for little. */
const LONGEST_BODY = 100_000;

/** What was said, as far as an answer repeats it. */
export interface Said extends Pick<CheckedTurn, 'role' | 'content'> {
  /** The content as JSON. */
  readonly contentJson: string;
}

/** A sound answer, as far as its form does not say it. */
export interface KnownAnswer {
  readonly events: readonly EventCore[];
  readonly form: string;
}

export interface KnownAnswers {
  /** Undefined where the rules have to look: the text is not that of a sound answer with other ids, times and messages. */
  readonly recognise: (said: Said, sentAt: number, settledAt: number, body: string) => KnownAnswer | undefined;
  /** Learns the text of an answer that has been checked, if it is sound. */
  readonly learn: (turn: CheckedTurn & Said, answer: TurnResponse, form: string) => void;
}

type Recognise = KnownAnswers['recognise'];

interface Skeleton {
  readonly key: string;
  /** The form of an answer, by the JSON of the articles that it names. */
  readonly forms: Map<string, string>;
  readonly recognise: Recognise;
}

/**
 * Answers to users' turns recognised by their text, at a tenth of what it takes k6 to parse and to check them. A service
 * writes the same JSON around what differs. What differs is looked at as the rules would; all else is, to the
 * character, what they accepted before. What is recognised no rule refuses (a property test).
 */
export function knownAnswers(): KnownAnswers {
  const skeletons: Skeleton[] = [];
  let lessons = 0;
  return {
    recognise: (said, sentAt, settledAt, body) => {
      if (said.role !== 'user' || body.length > LONGEST_BODY) return undefined;
      for (let index = 0; index < skeletons.length; index++) {
        const known = (skeletons[index] as Skeleton).recognise(said, sentAt, settledAt, body);
        if (known !== undefined) return known;
      }
      return undefined;
    },
    learn: (turn, answer, form) => {
      if (turn.role !== 'user' || answer.body.length > LONGEST_BODY || lessons >= MOST_LESSONS) return;
      if (!isSound(turn, answer)) return;
      lessons += 1;
      const [stored, reply] = answer.events as [Event, Event];
      if (hasItems(stored) || hasItems(reply)) return;
      const parts = partsOf([stored, reply]);
      const list = JSON.stringify(reply.usedArticles);
      if (parts === undefined || list.length > LONGEST_LIST) return;
      const gaps = [stored.id, stored.createdAt, turn.contentJson, reply.id, reply.createdAt];
      const texts = [...gaps, JSON.stringify(reply.message).slice(1, -1), list, ''];
      // Only then it is this text around the gaps that was checked.
      if (parts.map((part, index) => `${part}${texts[index]}`).join('') !== answer.body) return;
      const key = parts.join('\n');
      let skeleton = skeletons.find((it) => it.key === key);
      if (skeleton === undefined) {
        if (skeletons.length >= MOST_SKELETONS) return;
        const forms = new Map<string, string>();
        skeleton = { key, forms, recognise: recogniser(parts, forms) };
        skeletons.push(skeleton);
      }
      if (skeleton.forms.size < MOST_LISTS) skeleton.forms.set(list, form);
    },
  };
}

/** Items of any depth, which to write as JSON could take all of k6's stack. */
const hasItems = ({ attachments, tags }: Event): boolean => attachments.length + tags.length > 0;

/** What may differ from one answer to the next: of the stored event, and of the reply. */
const GAPS = ['id', 'createdAt', 'message', 'id', 'createdAt', 'message', 'usedArticles'];
/** Those whose quotes stand outside the gap. */
const QUOTED = [0, 3, 5];

/** Before, between and after the gaps. */
type Parts = readonly [string, string, string, string, string, string, string, string];

/** The JSON of two events around the gaps; undefined where the gaps stand in another order. */
function partsOf(events: readonly [Event, Event]): Parts | undefined {
  const parts: string[] = [];
  let text = '[';
  for (const [index, event] of events.entries()) {
    text += index === 0 ? '{' : ',{';
    for (const [place, [name, value]] of Object.entries(event).entries()) {
      text += `${place === 0 ? '' : ','}${JSON.stringify(name)}:`;
      const isGap = name === GAPS[parts.length] && (name !== 'usedArticles' || index === 1);
      const quote = isGap && QUOTED.includes(parts.length) ? '"' : '';
      if (isGap) parts.push(`${text}${quote}`);
      text = isGap ? quote : `${text}${JSON.stringify(value)}`;
    }
    text += '}';
  }
  return parts.length === GAPS.length ? ([...parts, `${text}]`] as unknown as Parts) : undefined;
}

/**
 * Recognises an answer of these parts: finds what stands in the gaps by their places, puts it together again, and
 * compares. Straight-line code without arrays, since it runs on every answer.
 */
function recogniser([p0, p1, p2, p3, p4, p5, p6, p7]: Parts, forms: ReadonlyMap<string, string>): Recognise {
  const timeAt = p0.length + ID_CHARS + p1.length;
  const contentAt = timeAt + TIME_CHARS + p2.length;
  return ({ content, contentJson }, sentAt, settledAt, body) => {
    const replyIdAt = contentAt + contentJson.length + p3.length;
    const replyTimeAt = replyIdAt + ID_CHARS + p4.length;
    const messageAt = replyTimeAt + TIME_CHARS + p5.length;
    const messageEnd = body.indexOf(p6, messageAt);
    if (messageEnd < 0) return undefined;
    const list = body.slice(messageEnd + p6.length, -p7.length);
    const form = forms.get(list);
    if (form === undefined) return undefined;
    const id = body.slice(p0.length, p0.length + ID_CHARS);
    const createdAt = +body.slice(timeAt, timeAt + TIME_CHARS);
    const replyId = body.slice(replyIdAt, replyIdAt + ID_CHARS);
    const repliedAt = +body.slice(replyTimeAt, replyTimeAt + TIME_CHARS);
    const text = body.slice(messageAt, messageEnd);
    // A number is in the text as JavaScript writes it, or this is another text.
    const whole = `${p0}${id}${p1}${createdAt}${p2}${contentJson}${p3}${replyId}${p4}${repliedAt}${p5}${text}${p6}${list}${p7}`;
    if (whole !== body || hasOddCharacters(body) || !areIds(id, replyId) || repliedAt < createdAt) return undefined;
    if (!isTime(createdAt, sentAt, settledAt) || !isTime(repliedAt, sentAt, settledAt)) return undefined;
    const message = messageOf(text);
    if (message === undefined || isDoubtful(message)) return undefined;
    const stored = { id, role: 'user', createdAt, message: content };
    return { events: [stored, { id: replyId, role: 'finibot', createdAt: repliedAt, message }], form };
  };
}

const areIds = (id: string, replyId: string): boolean =>
  id !== replyId && id !== NIL_UUID && replyId !== NIL_UUID && UUID.test(id) && UUID.test(replyId);

const isTime = (at: number, sentAt: number, settledAt: number): boolean =>
  at % 1 === 0 && isTimely(at, sentAt, settledAt);

/** Characters that UTF-8 cannot carry, or that JSON writes by their numbers. */
const hasOddCharacters = (body: string): boolean => body.includes('\uFFFD') || body.includes('\\u');

/** The text that stands between quotes in JSON; undefined where it does not. */
function messageOf(text: string): string | undefined {
  const json = parseJson(`"${text}"`);
  return json.ok ? (json.value as string) : undefined;
}
