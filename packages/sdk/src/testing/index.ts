export type { Fault } from './failures.ts';
export type { TestRules } from './store.ts';
export {
  startTestSlipway,
  type TestFile,
  type TestSlipway,
  type TestSlipwayOptions,
} from './test-slipway.ts';
export type { SeenCall } from './wire.ts';
