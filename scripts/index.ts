import type { Config } from '../contracts/generated/config.ts';

export type { Audit } from '../contracts/generated/audit.ts';
export type { CapacityResult } from '../contracts/generated/capacity.ts';
export type { Comparison } from '../contracts/generated/comparison.ts';
export type { DriftResult } from '../contracts/generated/findings.ts';
export type { History } from '../contracts/generated/history.ts';
export type { LedgerLine } from '../contracts/generated/ledger.ts';
export type { Plan } from '../contracts/generated/plan.ts';
export type { Result } from '../contracts/generated/result.ts';
export type { ConversationScript } from '../contracts/generated/workload.ts';
export type { WorkloadComparison } from '../contracts/generated/workload-comparison.ts';
export type { Config };

/** Gives a configuration in `fini-harness.config.ts` its type. */
export const defineConfig = (config: Config): Config => config;
