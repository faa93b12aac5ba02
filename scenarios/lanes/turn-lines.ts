import { FORMATS } from '../../contracts/formats.ts';
import type { LedgerEvent, Sent, Settled } from '../../contracts/generated/ledger.ts';
import type { LineWriter } from './line-writer.ts';

const UUID = FORMATS.uuid as RegExp;

export interface TurnLines {
  readonly recordSent: (line: Sent) => void;
  /** `isValid`: the events are as the schema has them. */
  readonly recordSettled: (line: Settled, isValid: boolean) => void;
}

/**
 * The lines that every turn writes, and nearly all of a ledger. They hold numbers, ids and the harness's own words; where
 * no text from outside is in one, it is put together without a search. Both ways write the same.
 *
 * @param isOverlaid whether the schema is a project's: it may allow an id that is no UUID, and a role that is any text
 */
export function turnLines({ write, writeClean, idsAreClean, isClean }: LineWriter, isOverlaid: boolean): TurnLines {
  const cleanForms = new Set<string>();
  const isCleanForm = (form: string | undefined): boolean => {
    if (form === undefined || cleanForms.has(form)) return true;
    if (!isClean(form)) return false;
    cleanForms.add(form);
    return true;
  };
  return {
    recordSent: (line) => {
      const { interactionId } = line;
      const clean = interactionId === undefined || (idsAreClean && UUID.test(interactionId));
      if (clean) writeClean(sentText(line));
      else write(line);
    },
    recordSettled: (line, isValid) => {
      const { events, violations, error, form } = line;
      const hasForeignText =
        violations.length > 0 || error !== undefined || (events.length > 0 && (isOverlaid || !isValid));
      if (!hasForeignText && (events.length === 0 || idsAreClean) && isCleanForm(form)) writeClean(settledText(line));
      else write(line);
    },
  };
}

function sentText(line: Sent): string {
  const patience = line.patienceMs === undefined ? '' : `,"patienceMs":${line.patienceMs}`;
  const id = line.interactionId === undefined ? '' : `,"interactionId":"${line.interactionId}"`;
  return (
    `{"kind":"sent","conversation":${line.conversation},"turn":${line.turn},"attempt":${line.attempt},` +
    `"lane":${line.lane},"intendedAt":${line.intendedAt},"role":"${line.role}","sentAt":${line.sentAt}${patience}${id}}`
  );
}

function settledText(line: Settled): string {
  const retry = line.retryAfterMs === undefined ? '' : `"retryAfterMs":${line.retryAfterMs},`;
  const form = line.form === undefined ? '' : `"form":"${line.form}",`;
  let events = '';
  for (const event of line.events) events += `${events === '' ? '' : ','}${eventText(event)}`;
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
