import { fileURLToPath } from 'node:url';
import { CHILD_ENV } from '../../../packages/engine/src/engine-child.ts';
import type { EnhanceOptions } from '../../../packages/engine/src/index.ts';
import type { EnhanceInput, EnhanceTimes } from './enhance-process.ts';
import { measureProcess, type ProcessFigures } from './measure-process.ts';

const SCRIPT = fileURLToPath(new URL('./enhance-process.ts', import.meta.url));

/** Nothing but what the peers do: align and merge. */
export const MERGE_ONLY: EnhanceOptions = {
  steps: {
    windowPull: false,
    lens: false,
    verticals: false,
    whiteBalance: false,
    tone: false,
    denoise: false,
    sky: false,
    privacy: false,
    sharpen: false,
  },
};

/** Every step as the look has it, with the files a listing needs. */
export const EVERY_STEP: EnhanceOptions = {
  preset: 'natural',
  firstLook: { name: 'first-look', maxWidth: 1024 },
  previews: [
    { name: 'mls', maxWidth: 2048, quality: 88 },
    { name: 'preview', maxWidth: 1024 },
  ],
};

export async function enhanceOnce(input: EnhanceInput): Promise<ProcessFigures & EnhanceTimes> {
  const figures = await measureProcess(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', SCRIPT, JSON.stringify(input)],
    CHILD_ENV,
  );
  const times: EnhanceTimes = JSON.parse(figures.out);
  return { ...figures, ...times };
}
