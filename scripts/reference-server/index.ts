export { publicEvent } from './event.ts';
export { readLatencies } from './generation/latencies.ts';
export type { PastConversation } from './history.ts';
export { listDrifts, listFaults, type OperatorInfo } from './operators/catalogue.ts';
export { KINDS, type Kind } from './operators/kind.ts';
export { OptionsError, type ReferenceServerOptions } from './options.ts';
export { type ReferenceServer, startReferenceServer } from './server.ts';
export type { TurnTruth } from './truth.ts';
