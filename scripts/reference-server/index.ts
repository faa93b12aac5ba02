export { readLatencies } from './generation/latencies.ts';
export { listDrifts, listFaults, type OperatorInfo } from './operators/catalogue.ts';
export { KINDS, type Kind } from './operators/kind.ts';
export { type OperatorSwitch, OptionsError, type ReferenceServerOptions, type ServiceLaw } from './options.ts';
export { type ReferenceServer, startReferenceServer } from './server.ts';
export type { TruthSummary, TurnTruth } from './truth.ts';
export type { Keys } from './workspace.ts';
