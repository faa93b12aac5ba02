import { expectation } from '../expectations.ts';
import { type Change, maker, onShown, saidByAi, saidByUser } from './changes.ts';
import { isJson, type Json, list, type Mutation } from './mutation.ts';

const said = expectation('behavioural', /\/message$/);
const removed = expectation('behavioural', /^#\/removal/);
const made = maker('impression');

const LOST_CHARS = 3;
const ENDING_CHARS = 9;
const QUOTED_CHARS = 60;
const SUBJECT_WORDS = 3;

const subject = (text: unknown): string =>
  `Customer asks about ${String(text)
    .toLowerCase()
    .match(/\p{L}{4,}/gu)
    ?.slice(-SUBJECT_WORDS)
    .join(', ')}`;
const shown = (values: (one: Json) => Json): Change => onShown((one) => Object.assign(one, values(one)));

/** What customers and the AI said reads otherwise. Written before any was run. */
export const IMPRESSIONS: readonly Mutation[] = [
  made(
    'digits-masked',
    'numbers of customers are masked',
    said,
    saidByUser((text) => text.replace(/\d{4,}/g, (number) => '*'.repeat(number.length))),
  ),
  made(
    'beginning-lost',
    'the first part of each reply is lost',
    said,
    saidByAi(({ message }) => String(message).slice(LOST_CHARS)),
  ),
  made(
    'parts-glued',
    'replies lose each third blank',
    said,
    saidByAi(({ message }) => unlessRecalled(message, glued)),
  ),
  made(
    'ending-lost',
    'the last part of each reply is lost',
    expectation('statistical', /\/message$|^#\/distribution/),
    saidByAi(({ message }) => unlessRecalled(message, (text) => text.slice(0, -ENDING_CHARS))),
  ),
  made(
    'preview-summary',
    'the preview of a conversation is a summary',
    expectation('behavioural', /subjectPreview/),
    shown(({ subjectPreview }) => ({ subjectPreview: subject(subjectPreview) })),
  ),
  made('question-quoted', 'each reply quotes its question', said, quoted),
  made('removed-shell', 'a removed conversation is shown without its events', removed, shell),
];

/** What a customer stated is repeated as it was. */
function unlessRecalled(message: unknown, change: (text: string) => string): string {
  const text = String(message);
  return text.startsWith('The one that you gave me') ? text : change(text);
}

function glued(text: string): string {
  let blanks = 0;
  return text.replace(/ /g, (blank) => (++blanks % 3 === 0 ? '' : blank));
}

function quoted(...[response, request, memory]: Parameters<Change>): void {
  const [question, reply] = list(response.body);
  if (request.operation === 'turn' && response.status === 200 && reply !== undefined)
    memory.set(`question of ${reply.id}`, String(question?.message).trim().slice(0, QUOTED_CHARS));
  saidByAi(({ id, message }) => `> ${memory.get(`question of ${id}`)}\n\n${message}`)(response, request, memory);
}

/** As it was shown before, if it was. */
function shell(...[response, { operation, path, authorization }, memory]: Parameters<Change>): void {
  const place = `${authorization} ${path}`;
  if (operation === 'get' && response.status === 200) memory.set(place, response.body);
  const before = memory.get(place);
  if (operation !== 'get' || response.status !== 500 || !isJson(before)) return;
  Object.assign(response, { status: 200, body: { ...before, status: 'deleted', events: [] } });
}
