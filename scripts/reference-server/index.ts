export { OptionsError, type ReferenceServerOptions, type ServiceLaw } from './options.ts';
export { type ReferenceServer, startReferenceServer } from './server.ts';
export type { TruthSummary, TurnTruth } from './truth.ts';
export type { Keys } from './workspace.ts';
