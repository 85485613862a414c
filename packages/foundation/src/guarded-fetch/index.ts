export { type FailureReason, GuardedFetchError } from './failure.ts';
export { createGuardedAgents, type Resolve } from './guarded-agents.ts';
export { createGuardedFetch, type GuardedFetch, type GuardedRequest } from './guarded-fetch.ts';
export { type AddressRule, privateTargets } from './private-targets.ts';
export { isPublicAddress } from './public-address.ts';
