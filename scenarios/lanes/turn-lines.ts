import { FORMATS } from '../../contracts/formats.ts';
import type { ConversationEnd, Sent } from '../../contracts/generated/ledger.ts';
import type { EventCore } from '../../contracts/response.ts';
import type { Judgement } from './judgement.ts';
import type { LineWriter } from './line-writer.ts';
import { type HashOf, MOST_EVENTS, settledLine } from './settled-line.ts';
import type { Settlement } from './settlement.ts';

const UUID = FORMATS.uuid as RegExp;
/** Forms are few; of scripts there may be many. */
const MOST_KNOWN = 1_000;

export interface TurnLines {
  readonly recordSent: (line: Sent) => void;
  readonly recordSettled: (sent: Sent, settlement: Settlement, judgement: Judgement) => void;
  readonly recordEnd: (line: ConversationEnd) => void;
}

/**
 * The lines that every turn and every conversation writes, and nearly all of a ledger. They hold numbers, ids and the
 * harness's own words; where no text from outside is in one, it is put together without a search, and of a settled turn
 * without an object for the line. Both ways write the same.
 *
 * @param isOverlaid whether the schema is a project's: it may allow an id that is no UUID, and a role that is any text
 */
export function turnLines(
  { write, writeClean, idsAreClean, isClean }: LineWriter,
  { isOverlaid, hashOf }: { readonly isOverlaid: boolean; readonly hashOf: HashOf },
): TurnLines {
  const known = new Set<string>();
  const cleanIds = new Set<string>();
  const isKnownClean = (text: string): boolean => {
    if (known.has(text)) return true;
    if (!isClean(text)) return false;
    if (known.size < MOST_KNOWN) known.add(text);
    return true;
  };
  const isCleanId = (id: string | undefined): boolean => {
    if (id === undefined || cleanIds.has(id)) return true;
    if (!idsAreClean || !UUID.test(id)) return false;
    if (cleanIds.size >= MOST_KNOWN) cleanIds.clear();
    cleanIds.add(id);
    return true;
  };
  return {
    recordSent: (line) => {
      if (isCleanId(line.interactionId)) writeClean(sentText(line));
      else write(line);
    },
    recordSettled: (sent, settlement, judgement) => {
      const { events, violations, form, isValid } = judgement;
      const hasForeignText =
        violations.length > 0 || settlement.error !== undefined || (events.length > 0 && (isOverlaid || !isValid));
      const isClear = !hasForeignText && (events.length === 0 || idsAreClean);
      if (isClear && (form === undefined || isKnownClean(form)))
        writeClean(settledText(sent, settlement, judgement, hashOf));
      else write(settledLine(sent, settlement, judgement, hashOf));
    },
    recordEnd: (line) => {
      if (isCleanId(line.interactionId) && isKnownClean(line.template)) writeClean(endText(line));
      else write(line);
    },
  };
}

const idText = (id: string | undefined): string => (id === undefined ? '' : `,"interactionId":"${id}"`);

function sentText(line: Sent): string {
  const patience = line.patienceMs === undefined ? '' : `,"patienceMs":${line.patienceMs}`;
  return (
    `{"kind":"sent","conversation":${line.conversation},"turn":${line.turn},"attempt":${line.attempt},` +
    `"lane":${line.lane},"intendedAt":${line.intendedAt},"role":"${line.role}","sentAt":${line.sentAt}${patience}${idText(line.interactionId)}}`
  );
}

function endText(line: ConversationEnd): string {
  return (
    `{"kind":"conversation","conversation":${line.conversation},"lane":${line.lane},"at":${line.at},` +
    `"template":"${line.template}","outcome":"${line.outcome}","turnsPlanned":${line.turnsPlanned},` +
    `"turnsSent":${line.turnsSent}${idText(line.interactionId)}}`
  );
}

function settledText(sent: Sent, settlement: Settlement, { form, events }: Judgement, hashOf: HashOf): string {
  const { retryAfterMs } = settlement;
  const retry = retryAfterMs === undefined ? '' : `"retryAfterMs":${retryAfterMs},`;
  const formText = form === undefined ? '' : `"form":"${form}",`;
  let texts = '';
  for (let index = 0; index < events.length && index < MOST_EVENTS; index++)
    texts += eventText(events[index] as EventCore, index, hashOf);
  return (
    `{"kind":"settled","conversation":${sent.conversation},"turn":${sent.turn},"attempt":${sent.attempt},` +
    `"lane":${sent.lane},"settledAt":${settlement.settledAt},"outcome":"${settlement.outcome}","status":${settlement.status},` +
    `"errorCode":${settlement.errorCode},"durationMs":${settlement.durationMs},"waitingMs":${settlement.waitingMs},` +
    `"connectMs":${settlement.connectMs},"bytes":${settlement.bytes},${retry}${formText}"events":[${texts}],"violations":[]}`
  );
}

function eventText({ id, role, createdAt, message }: EventCore, index: number, hashOf: HashOf): string {
  const told = `{"id":"${id}","role":"${role}","createdAt":${createdAt},"chars":${message.length}`;
  return index === 0 ? `${told}}` : `,${told},"hash":"${hashOf(message)}"}`;
}
