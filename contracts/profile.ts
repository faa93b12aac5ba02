import type { GateSetting } from './generated/config.ts';

/** A part of a scenario's arrival window. */
export interface ProfileStage {
  readonly name: string;
  /** Its part of the window; the shares of a profile add up to 1. */
  readonly share: number;
  /** Arrival rate at its start and end, as multiples of the run's rate (closed model: of its concurrency); linear between. */
  readonly from: number;
  readonly to: number;
  /** Whether its turns decide the verdict. Ramps and warm-up are not measured. */
  readonly measured: boolean;
}

/** The shape of load that a scenario stands for; every number here is a default that flags and configuration override. */
export interface Profile {
  /** One sentence for `--help`. */
  readonly summary: string;
  /** Conversations per second of the open model; absent in a profile of the closed model. */
  readonly rate?: number;
  /** Conversations in flight of the closed model. */
  readonly concurrency?: number;
  /** Conversations after which it ends, where the profile bounds them. */
  readonly conversations?: number;
  /** Length of the arrival window, as text: `5m`. */
  readonly duration: string;
  readonly stages: readonly ProfileStage[];
  /** Gates in place of the default ones on latency; those on errors, violations and late starts stay, unless `off`. */
  readonly gates?: readonly GateSetting[];
  /** The configuration's `stages` take the place of these, and of rate and duration. */
  readonly isConfigured?: boolean;
  /** The hours of a learnt day take the place of these, and of rate and duration. */
  readonly isLearnt?: boolean;
  /** Small enough to run on any host without confirmation; gates on percentiles that its turns cannot decide judge nothing. */
  readonly harmless?: boolean;
}
