import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Audit } from '../../../contracts/generated/audit.ts';
import type { DriftLine, Exchange } from '../../../contracts/generated/drift-ledger.ts';
import type { LedgerLine, Settled } from '../../../contracts/generated/ledger.ts';
import type { Call } from './expectations.ts';
import type { Subject } from './subjects.ts';
import type { Tried } from './trial.ts';

/** What a command says of its requests beside what the server knows of them. */
export interface Account {
  readonly sent: number;
  /** By the server's word. */
  readonly received: number;
  /** Sent requests whose end the harness tells. */
  readonly settled: number;
  /** Requests that the server did wrong. */
  readonly faulty: number;
  /** Of turns: those that the harness calls amiss, and those of them that it calls what the fault is to be called. */
  readonly amiss?: number;
  readonly rightly?: number;
}

/** The books of a trial, from the files that the command left and from the server's own truth. */
export function accountOf(subject: Subject, fault: string, call: Call, tried: Tried): Account {
  const faulty = tried.server.truth().operators[fault] ?? 0;
  switch (subject.kind) {
    case 'run':
      return { ...turns(linesOf(tried.out), call), received: received(tried), faulty };
    case 'capacity':
      return { ...turns(rungs(tried.out).flatMap(linesOf<LedgerLine>), call), received: received(tried), faulty };
    case 'drift':
      return { ...exchanges(tried), faulty };
    case 'audit':
      return { ...reads(tried), faulty };
  }
}

const received = ({ server }: Tried): number => server.truth().turns.received;

function turns(lines: readonly LedgerLine[], call: Call): Omit<Account, 'received' | 'faulty'> {
  const settled = lines.filter((line): line is Settled => line.kind === 'settled');
  const amiss = settled.filter(
    ({ outcome, status, violations }) => outcome !== 'answered' || status !== 200 || violations.length > 0,
  );
  return {
    sent: lines.filter(({ kind }) => kind === 'sent').length,
    settled: settled.length,
    amiss: amiss.length,
    rightly: amiss.filter((line) => isCalled(line, call)).length,
  };
}

function isCalled({ outcome, status, violations }: Settled, call: Call): boolean {
  if (outcome !== call.outcome || status !== (call.status ?? 0)) return false;
  return call.rule === undefined ? violations.length === 0 : violations.some(({ rule }) => rule === call.rule);
}

/** The server counts a turn when it comes, anything else when it is answered; List agents is asked once beforehand. */
function exchanges(tried: Tried): Omit<Account, 'faulty'> {
  const sent = linesOf<DriftLine>(tried.out).filter((line): line is Exchange => line.kind === 'exchange');
  const { 'generate-answer': _turns, ...others } = tried.server.truth().requests;
  const answered = Object.values(others).flatMap((statuses) => Object.values(statuses));
  const before = 1;
  return {
    sent: sent.length,
    settled: sent.filter(({ outcome }) => outcome !== 'cut').length,
    received: received(tried) + sum(answered) - before,
  };
}

/** Reads of the audit alone: those of the run before it are not the audit's. */
function reads({ out, server, before }: Tried): Omit<Account, 'faulty'> {
  const path = join(out, 'audit.json');
  const { get, list } = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Audit).requests : NONE;
  const total = (requests: Tried['before']): number =>
    sum(STORED.flatMap((route) => Object.values(requests[route] ?? {})));
  return { sent: get + list, settled: get + list, received: total(server.truth().requests) - total(before) };
}

const NONE = { get: 0, list: 0 };
const STORED = ['get-conversation', 'list-conversations'] as const;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function rungs(out: string): string[] {
  const folder = join(out, 'rungs');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function linesOf<Line = LedgerLine>(folder: string): Line[] {
  const path = join(folder, 'turns.ndjson');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
}
