import { FORMATS } from '../../contracts/formats.ts';
import type { ConversationEnd, LedgerEvent, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { LineWriter } from './line-writer.ts';

const UUID = FORMATS.uuid as RegExp;
/** Forms are few; of scripts there may be many. */
const MOST_KNOWN = 1_000;

export interface TurnLines {
  readonly recordSent: (line: Sent) => void;
  /** `isValid`: the events are as the schema has them. */
  readonly recordSettled: (line: Settled, isValid: boolean) => void;
  readonly recordEnd: (line: ConversationEnd) => void;
}

/**
 * The lines that every turn and every conversation writes, and nearly all of a ledger. They hold numbers, ids and the harness's own words; where
 * no text from outside is in one, it is put together without a search. Both ways write the same.
 *
 * @param isOverlaid whether the schema is a project's: it may allow an id that is no UUID, and a role that is any text
 */
export function turnLines({ write, writeClean, idsAreClean, isClean }: LineWriter, isOverlaid: boolean): TurnLines {
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
    recordSettled: (line, isValid) => {
      const { events, violations, error, form } = line;
      const hasForeignText =
        violations.length > 0 || error !== undefined || (events.length > 0 && (isOverlaid || !isValid));
      const isClear = !hasForeignText && (events.length === 0 || idsAreClean);
      if (isClear && (form === undefined || isKnownClean(form))) writeClean(settledText(line));
      else write(line);
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

function settledText(line: Settled): string {
  const retry = line.retryAfterMs === undefined ? '' : `"retryAfterMs":${line.retryAfterMs},`;
  const form = line.form === undefined ? '' : `"form":"${line.form}",`;
  let events = '';
  for (let index = 0; index < line.events.length; index++)
    events += `${index === 0 ? '' : ','}${eventText(line.events[index] as LedgerEvent)}`;
  return (
    `{"kind":"settled","conversation":${line.conversation},"turn":${line.turn},"attempt":${line.attempt},` +
    `"lane":${line.lane},"settledAt":${line.settledAt},"outcome":"${line.outcome}","status":${line.status},` +
    `"errorCode":${line.errorCode},"durationMs":${line.durationMs},"waitingMs":${line.waitingMs},` +
    `"connectMs":${line.connectMs},"bytes":${line.bytes},${retry}${form}"events":[${events}],"violations":[]}`
  );
}

function eventText({ id, role, createdAt, chars, hash }: LedgerEvent): string {
  const tail = hash === undefined ? '' : `,"hash":"${hash}"`;
  return `{"id":"${id}","role":"${role}","createdAt":${createdAt},"chars":${chars}${tail}}`;
}
