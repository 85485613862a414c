export { type RunningApp, runApp } from './run-app.ts';
export { runSeed } from './run-seed.ts';
export { STOP_BUDGET, type StopParts, stopInOrder } from './stop.ts';
