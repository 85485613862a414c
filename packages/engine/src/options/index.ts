/** `@repo/engine/options`: what can be asked for and what is refused, without loading any decoder. */
export { EngineError } from '../errors.ts';
export type { EnhanceOptions, ResolvedOptions } from './options.ts';
export { presetSettings, resolveOptions } from './resolve-options.ts';
