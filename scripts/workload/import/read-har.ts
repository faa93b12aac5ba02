import { readFile, stat } from 'node:fs/promises';
import { type ParseError, parse } from 'jsonc-parser';
import { parseJson } from '../../../contracts/parse-json.ts';
import { EVENTS_PATH } from '../../../contracts/paths.ts';
import { usageError } from '../../foundation/errors.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { isRecord, listedPage } from '../../http/stored-conversation.ts';
import { roleOf, roleTrouble } from './role.ts';
import type { Note, SaidMessage } from './said-message.ts';
import { lineError, type SourceFile } from './source-file.ts';
import { timestampOf } from './timestamp.ts';

/** A HAR file is one JSON text, which has to be in memory. */
const LARGEST = 200_000_000;

/**
 * Messages of the calls of Generate Answer in a HAR file (HTTP Archive 1.2). Headers, cookies and addresses are not looked at.
 * A turn without interactionId belongs to the conversation that the file shows it in, if another call has read it.
 * @throws HarnessError (2) that names the first entry that is wrong
 */
export async function* readHar(file: SourceFile, note: Note): AsyncGenerator<SaidMessage> {
  const entries = entriesOf(await parsed(file), file);
  const conversations = conversationsShown(entries);
  let [calls, unlinked] = [0, 0];
  for (const [index, entry] of entries.entries()) {
    if (!isCall(entry)) continue;
    calls += 1;
    const call = callOf(entry, (what) => usageError(`${file.shownAs}: entry ${index + 1}: ${what}`));
    const shown = eventsIn(entry).map((id) => conversations.get(id));
    const known = call.interactionId ?? shown.find((id) => id !== undefined);
    if (known === undefined) unlinked += 1;
    const conversation = known ?? `entry ${index + 1}`;
    const { at, role, text, answeredAt, attributes } = call;
    yield { conversation, at, role, chars: text.length, text, attributes };
    if (answeredAt !== undefined) yield { conversation, at: answeredAt, role: 'finibot', chars: 0 };
  }
  if (calls === 0) throw usageError(`${file.shownAs} has no call of Generate Answer (POST ${EVENTS_PATH})`);
  if (unlinked > 0) note({ code: 'turns-unlinked', turns: unlinked });
}

async function parsed(file: SourceFile): Promise<unknown> {
  const { path, shownAs } = file;
  const text = await stat(path)
    .then(({ size }) => {
      if (size > LARGEST)
        throw new Error(`it is larger than ${LARGEST / 1e6} MB: save only the calls of Generate Answer`);
      return readFile(path, 'utf8');
    })
    .catch((error: Error) => {
      throw usageError(`cannot read ${shownAs}: ${readTrouble(error)}`, { cause: error });
    });
  const json = parseJson(text.replace(/^\ufeff/, ''));
  if (json.ok) return json.value;
  throw lineError(file, lineOfTrouble(text), text.trim() === '' ? 'the file is empty' : 'is not valid JSON');
}

/** Where JSON ends to be valid; 1 where that cannot be found. */
function lineOfTrouble(text: string): number {
  const errors: ParseError[] = [];
  try {
    parse(text, errors);
  } catch {
    // Too deep.
    return 1;
  }
  return text.slice(0, errors[0]?.offset ?? 0).split('\n').length;
}

interface Entry {
  readonly request: Record<string, unknown>;
  readonly value: Record<string, unknown>;
}

function entriesOf(har: unknown, { shownAs }: SourceFile): Entry[] {
  const log = isRecord(har) ? har.log : undefined;
  if (!isRecord(log) || !Array.isArray(log.entries))
    throw usageError(`${shownAs} is not a HAR file: it has no log.entries`);
  return log.entries.map((value: unknown, index) => {
    const request = isRecord(value) ? value.request : undefined;
    if (isRecord(value) && isRecord(request)) return { value, request };
    throw usageError(`${shownAs}: entry ${index + 1}: has no request`);
  });
}

const isCall = ({ request: { method, url } }: Entry): boolean =>
  method === 'POST' && typeof url === 'string' && URL.canParse(url) && new URL(url).pathname.endsWith(EVENTS_PATH);

function callOf({ request, value }: Entry, wrong: (what: string) => Error) {
  const { startedDateTime, time } = value;
  const started = timestampOf(typeof startedDateTime === 'string' ? startedDateTime : '');
  if ('trouble' in started) throw wrong(`startedDateTime ${started.trouble}`);
  const body = isRecord(request.postData) ? jsonOf(request.postData.text) : undefined;
  if (!isRecord(body) || typeof body.content !== 'string') {
    throw wrong('the request has no body with content: save the file with content');
  }
  const { content, role = 'user', interactionId, metadata } = body;
  const known = typeof role === 'string' ? roleOf(role) : undefined;
  if (known === undefined) throw wrong(roleTrouble(String(role)));
  const isAnswered = known === 'user' && statusOf(value) === 200 && typeof time === 'number' && time >= 0;
  return {
    ...{ at: started.at, role: known, text: content, attributes: metadata },
    interactionId: typeof interactionId === 'string' && interactionId !== '' ? interactionId : undefined,
    answeredAt: isAnswered ? started.at + time : undefined,
  };
}

const statusOf = ({ response }: Entry['value']): unknown => (isRecord(response) ? response.status : undefined);

/** Conversations by the ids of their events, from the calls that read them. */
function conversationsShown(entries: readonly Entry[]): Map<string, string> {
  const conversations = new Map<string, string>();
  for (const { value } of entries) {
    const body = bodyOf(value);
    for (const shown of listedPage(body)?.conversations ?? [body]) {
      if (!isRecord(shown) || typeof shown.id !== 'string' || !Array.isArray(shown.events)) continue;
      for (const id of idsIn(shown.events)) conversations.set(id, shown.id);
    }
  }
  return conversations;
}

function eventsIn({ value }: Entry): string[] {
  const body = bodyOf(value);
  return Array.isArray(body) ? idsIn(body) : [];
}

const idsIn = (events: readonly unknown[]): string[] =>
  events.flatMap((event) => (isRecord(event) && typeof event.id === 'string' ? event.id : []));

function bodyOf({ response }: Entry['value']): unknown {
  const content = isRecord(response) ? response.content : undefined;
  if (!isRecord(content) || typeof content.text !== 'string') return undefined;
  return jsonOf(content.encoding === 'base64' ? Buffer.from(content.text, 'base64').toString() : content.text);
}

function jsonOf(text: unknown): unknown {
  const json = parseJson(typeof text === 'string' ? text : '');
  return json.ok ? json.value : undefined;
}
