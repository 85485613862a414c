import type { ResolvedOptions } from '../options/options.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import type { StepSettings, TunableStep } from '../options/settings.ts';
import type { Rule, Safer } from './rules.ts';

/**
 * The options with everything changed that led to these faults; `null` when nothing of it can be
 * changed any further, because the faults came with the exposures or all was tried.
 */
export function saferOptions(
  options: ResolvedOptions,
  broken: readonly Rule[],
): ResolvedOptions | null {
  const steps: StepSettings = structuredClone(options.steps);
  for (const { safer } of broken) if (safer !== null) applySafer(steps, safer);
  if (JSON.stringify(steps) === JSON.stringify(options.steps)) return null;
  return resolveOptions({ ...options, steps });
}

/** Switches off, or turns numbers down; what the caller wished less of than that stays his wish. */
function applySafer(steps: StepSettings, safer: Safer): void {
  for (const [name, wish] of Object.entries(safer)) {
    const settings: { enabled: boolean } & Record<string, unknown> = steps[name as TunableStep];
    if (typeof wish === 'boolean') settings.enabled &&= wish;
    else if (settings.enabled)
      for (const [key, limit] of Object.entries(wish)) {
        const value = settings[key];
        if (typeof value === 'number' && typeof limit === 'number')
          settings[key] = Math.min(value, limit);
      }
  }
}
