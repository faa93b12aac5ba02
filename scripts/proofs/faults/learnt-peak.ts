import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arrivals, Estimate } from '../../../contracts/generated/arrivals.ts';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';

const FROM = '2026-01-05T00:00:00.000Z';
const UNTIL = '2026-01-05T01:00:00.000Z';
/** 14 a second; at speed 1,000 the hour passes in 3.6 s. */
const PER_HOUR = 50_000;
const NONE: Estimate = { n: 0, value: null, lower: null, upper: null };

const ARRIVALS: Arrivals = {
  ...{ version: 2, harness: '0.0.0', learntAt: UNTIL },
  source: { kind: 'conversations', since: FROM, until: UNTIL, agent: null, channel: null },
  conversations: {
    ...{ read: PER_HOUR, started: PER_HOUR, startedBefore: 0, duplicates: 0 },
    ...{ malformed: 0, withoutTimes: 0, withoutTurns: 0, open: 0 },
  },
  hours: { from: FROM, counts: [PER_HOUR] },
  ...{ perHour: NONE, hourOfWeek: [], growth: NONE, dispersion: NONE, busiestDay: null },
  peaks: [{ from: FROM, conversations: PER_HOUR }],
  shape: {
    ...{ turns: NONE, pauseMs: NONE, cappedPauses: 0, chars: NONE },
    ...{ roles: [], languages: [], channels: [] },
  },
  warnings: [],
};

/** A learnt model whose busiest hour is busy, with the built-in conversations: its files by name. */
export const LEARNT_PEAK: Readonly<Record<string, string>> = {
  'arrivals.json': JSON.stringify(ARRIVALS),
  'workload.jsonl': readFileSync(join(PACKAGE_ROOT, 'workloads', 'default.jsonl'), 'utf8'),
};
