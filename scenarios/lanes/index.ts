/** What a scenario of another project is made of; see docs/scenarios.md. */
export type { Gate } from '../../contracts/generated/plan.ts';
export type { Profile, ProfileStage } from '../../contracts/profile.ts';
export { lane, lane as default, options, setup } from './lane.ts';
