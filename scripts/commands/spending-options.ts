import type { Command as CommandLine } from 'commander';
import type { ConfigFlags } from '../run/config/load.ts';
import { numeric } from './command-entry.ts';

/** Limits on what a command may spend, as typed. */
export type SpendingOptions = Pick<ConfigFlags, 'maxTurns' | 'maxCost' | 'maxTurnsPerDay' | 'maxCostPerDay'>;

/** Adds the limits on turns and money. */
export function defineSpendingFlags(line: CommandLine): void {
  line
    .option('--max-turns <n>', 'never send more turns than this', numeric)
    .option('--max-cost <amount>', 'never send user turns that cost more than this (needs price.perTurn)', numeric)
    .option('--max-turns-per-day <n>', 'refuse what could bring the day above so many turns', numeric)
    .option('--max-cost-per-day <amount>', 'refuse what could bring the day above this cost', numeric);
}

export function spendingOf({ maxTurns, maxCost, maxTurnsPerDay, maxCostPerDay }: SpendingOptions): SpendingOptions {
  return { maxTurns, maxCost, maxTurnsPerDay, maxCostPerDay };
}
