import { ledgerLine } from '../ledger-lines.ts';
import type { RowSource, SourceRows } from '../row-source.ts';
import { ByteCursor } from './byte-cursor.ts';
import { ConversationEnds, ENDED } from './conversation-ends.ts';
import { LaneTallies, lastOf, sawSent, sawSettled } from './lane-tallies.ts';
import { LineFile } from './line-file.ts';
import { LineReader } from './line-reader.ts';
import { COLUMNS, TurnBatch } from './turn-batch.ts';
import { readSent, readSettled, SENT, SETTLED } from './turn-lines.ts';
import { newSent, newSettled, type SentValues } from './turn-values.ts';
import { TurnsInFlight } from './turns-in-flight.ts';
import { readUnusualSent, readUnusualSettled } from './unusual-line.ts';

/**
 * Reads ledgers once, in their order, and gives each turn as a row when it settles; those that never did come last. All other lines
 * go to a file, and so do lines of turns that are not written as the harness writes them.
 */
export class TurnScan implements RowSource {
  readonly columns = COLUMNS;
  readonly lanes = new LaneTallies();
  readonly ends = new ConversationEnds();
  /** Whether a turn does not fit: sent again while in flight, settled without being sent, or of a lane that has not started. */
  isMisfit = false;
  private readonly cursor = new ByteCursor();
  private readonly inFlight = new TurnsInFlight(newSent);
  private readonly batch = new TurnBatch();
  private readonly settled = newSettled();
  private readonly others: LineFile;
  private readonly reader: LineReader;
  private sent = newSent();
  private cut: readonly SentValues[] | undefined;
  private cutRows = 0;

  /** @param others where the other lines are written */
  constructor(paths: readonly string[], others: string) {
    this.others = new LineFile(others);
    this.reader = new LineReader(this.cursor, paths, (part) => this.others.write(part));
  }

  /** Whether a turn may have been sent twice. */
  get mayRepeat(): boolean {
    return this.inFlight.mayRepeat;
  }

  /** Lanes of turns that never settled. */
  get cutLanes(): ReadonlySet<number> {
    return new Set(this.cut?.map(({ lane }) => lane));
  }

  readonly next = (): SourceRows | undefined => {
    const { batch, reader } = this;
    batch.clear();
    while (!batch.isFull && !this.isMisfit && reader.hasLine()) this.readLine();
    if (this.isMisfit) return undefined;
    if (batch.count > 0) return batch.rows(true);
    this.addCut();
    return batch.count > 0 ? batch.rows(false) : undefined;
  };

  close(): void {
    this.reader.close();
    this.others.close();
  }

  private readLine(): void {
    const { cursor } = this;
    const from = cursor.at;
    if (cursor.skip(SENT)) {
      if (readSent(cursor, this.sent)) this.addSent();
      else if (readUnusualSent(this.lineAt(from), this.sent)) this.addSent();
      else this.putAside(from);
    } else if (cursor.skip(SETTLED)) {
      if (readSettled(cursor, this.settled)) this.addSettled(from);
      else if (readUnusualSettled(this.lineAt(from), this.settled)) this.addSettled(from);
      else this.putAside(from);
    } else if (cursor.skip(ENDED)) {
      const end = this.ends.read(cursor);
      if (end === undefined) this.putAside(from);
      else this.lanes.saw(end.lane, end.at);
    } else this.putAside(from);
    cursor.at += 1;
  }

  private lineAt(from: number): string {
    const { cursor, reader } = this;
    cursor.at = reader.endOf(from);
    return reader.part(from, cursor.at).toString('utf8');
  }

  private addSent(): void {
    const { sent, lanes, inFlight } = this;
    const lane = lanes.of(sent.lane);
    const other = lane === undefined ? undefined : inFlight.add(sent);
    if (lane === undefined || other === undefined) {
      this.isMisfit = true;
      return;
    }
    sawSent(lane, sent);
    this.sent = other;
  }

  private addSettled(from: number): void {
    const { settled, lanes, inFlight, batch } = this;
    const sent = inFlight.take(settled);
    const lane = lanes.of(settled.lane);
    if (sent === undefined || lane === undefined) {
      this.isMisfit = true;
      return;
    }
    sawSettled(lane, settled);
    if (sent.idText !== undefined) settled.text ??= this.lineAt(from);
    batch.addSettled(sent, settled, lane.startAt);
  }

  /** A line of no turn and no conversation's end, or none of a ledger. */
  private putAside(from: number): void {
    const { cursor, reader, lanes } = this;
    const end = reader.endOf(from);
    const line = reader.part(from, end + 1);
    this.others.write(line);
    const other = ledgerLine(line.toString('utf8'));
    if (other?.kind === 'lane-start') this.isMisfit ||= !lanes.start(other.lane, other.startAt);
    if (other !== undefined && 'lane' in other && 'at' in other) lanes.saw(other.lane, other.at);
    cursor.at = end;
  }

  private addCut(): void {
    const { batch, lanes } = this;
    this.cut ??= this.inFlight.rest();
    for (; !batch.isFull && this.cutRows < this.cut.length; this.cutRows++) {
      const sent = this.cut[this.cutRows] as SentValues;
      const lane = lanes.of(sent.lane);
      if (lane !== undefined) batch.addCut(sent, lane.startAt, lastOf(lane));
    }
  }
}
