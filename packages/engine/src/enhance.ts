import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { EncodedImage } from './encoded-image.ts';
import { ENGINE_VERSION } from './engine-version.ts';
import { EngineError, toEngineError } from './errors.ts';
import { type Corners, cornersOf } from './geometry/corners.ts';
import type { Measurements } from './inspect/measurements.ts';
import type { EnhanceOptions, ResolvedOptions } from './options/options.ts';
import { resolveOptions } from './options/resolve-options.ts';
import { takePool } from './parallel/ready-pool.ts';
import { PIPELINE } from './steps/built-steps.ts';
import type { Fallback } from './steps/fallbacks.ts';
import { newJob } from './steps/new-job.ts';
import { type PipelineResult, runPipeline } from './steps/pipeline.ts';
import type { StepReport } from './steps/run-step.ts';
import type { CropFacts, InputFrame, Job, Progress, Step, Warning } from './steps/step.ts';
import type { StepName } from './steps/step-names.ts';

export type EnhanceHooks = {
  /** Called at most a few hundred times per job, in order; `overall` never falls. */
  onProgress?: (progress: Progress) => void;
  /** Called once, before the full-size work, when `options.firstLook` asks for it. */
  onFirstLook?: (image: EncodedImage) => void;
  /** Abort to stop within milliseconds; `enhance` then rejects with `cancelled`. */
  signal?: AbortSignal;
  /** Threads for the full-size work, at least 1; default one for each core, 8 at most. Results do not depend on it. */
  threads?: number;
};

const MAX_THREADS = 8;

/** What happened and how the result measures up. */
export type EnhanceReport = {
  readonly steps: readonly StepReport[];
  readonly measurements: Measurements;
  readonly warnings: readonly Warning[];
  /** Faults that were seen before the photo was finished, and what was done without because of them. */
  readonly fallbacks: readonly Fallback[];
};

/** Everything needed to make the same result again from the same frames. */
export type Recipe = {
  readonly engine: string;
  /** As they were asked for; what was done without is among the report's fallbacks, and would be again. */
  readonly options: ResolvedOptions;
  readonly frames: readonly string[];
  /** Names of the steps that changed something or ran, in order. */
  readonly steps: readonly StepName[];
  /**
   * Where the photo lies in the reference exposure, to lay one over the other: as an upright rectangle, and by its
   * corners, which straightening moves off that.
   */
  readonly crop: CropFacts & { readonly corners: Corners };
};

export type EnhanceResult = {
  /** The finished photo. */
  readonly image: EncodedImage;
  /** One per `options.previews`, in that order. */
  readonly previews: readonly EncodedImage[];
  readonly report: EnhanceReport;
  readonly recipe: Recipe;
};

/**
 * Makes one finished photo from 1 to 9 exposures of the same view.
 * @param frames encoded JPEG, PNG, WebP, TIFF, AVIF, HEIC or camera raw files of one size; the inputs are not changed
 * @throws EngineError with the codes of `ENGINE_ERROR_CODES`
 */
export async function enhance(
  frames: readonly InputFrame[],
  options: EnhanceOptions = {},
  hooks: EnhanceHooks = {},
): Promise<EnhanceResult> {
  const resolved = resolveOptions(options);
  checkFrames(frames);
  const progress = createProgress(hooks, resolved);
  const pool = await takePool(threadsOf(hooks));
  const job = newJob({
    frames,
    options: resolved,
    pool,
    onFirstLook: hooks.onFirstLook ?? (() => undefined),
    pulse: progress.pulse,
  });
  try {
    const result = finish(await runPipeline(job, progress.enter), resolved);
    progress.end();
    return result;
  } catch (error) {
    throw toEngineError(error);
  } finally {
    await pool.stop();
  }
}

/** @throws EngineError `invalid_request`: JavaScript lets anything be given */
function checkFrames(frames: unknown): void {
  const list: readonly unknown[] = Array.isArray(frames) ? frames : [];
  const wrong = list.findIndex((frame) => !isFrame(frame));
  if (Array.isArray(frames) && wrong < 0) return;
  throw new EngineError(
    'invalid_request',
    `Expected frames to be a list of { name, bytes }, the bytes of each file in a Uint8Array${wrong < 0 ? '.' : `; number ${wrong + 1} is not.`}`,
  );
}

function isFrame(frame: unknown): frame is InputFrame {
  if (typeof frame !== 'object' || frame === null) return false;
  const { name, bytes } = frame as Record<string, unknown>;
  return typeof name === 'string' && bytes instanceof Uint8Array;
}

/** @throws EngineError `invalid_options` */
function threadsOf({
  threads = Math.min(MAX_THREADS, availableParallelism()),
}: EnhanceHooks): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= 64) return threads;
  throw new EngineError(
    'invalid_options',
    `Expected threads to be a whole number from 1 to 64 but received ${String(threads)}.`,
  );
}

function finish(
  { job, steps, fallbacks, warnings: ofTheWhole }: PipelineResult,
  options: ResolvedOptions,
): EnhanceResult {
  const [image, ...previews] = job.outputs;
  if (image === undefined || job.measurements === null || job.crop === null)
    throw new EngineError('internal', 'The photo was finished without a result.');
  const ofSteps = steps.flatMap((step) =>
    step.ran ? (step.warnings ?? []) : unavailable(job, step.name),
  );
  const warnings = [...ofSteps, ...ofTheWhole];
  return {
    image,
    previews,
    report: { steps, measurements: job.measurements, warnings, fallbacks },
    recipe: {
      engine: ENGINE_VERSION,
      options,
      frames: job.frames.map((frame) => frame.name),
      steps: steps.filter((step) => step.ran).map((step) => step.name),
      crop: { ...job.crop, corners: cornersOf(job.plan.area, job.plan.geometry) },
    },
  };
}

/** A wish the engine cannot fulfil yet is said aloud instead of being passed over. */
function unavailable(job: Job, name: StepName): Warning[] {
  const built = PIPELINE.some((step) => step.name === name);
  if (built || !(name in job.options.steps)) return [];
  const wished = Object.entries(job.options.steps).some(
    ([key, settings]) => key === name && settings.enabled,
  );
  return wished
    ? [
        {
          code: 'step_not_available',
          message: `"${name}" was asked for but is not available yet; the photo was finished without it.`,
        },
      ]
    : [];
}

/** All is done when the result is there, and not before: a photo may be made once more. */
const NEARLY = 0.98;

type ProgressKeeper = {
  readonly pulse: Job['pulse'];
  readonly enter: (step: Step) => void;
  readonly end: () => void;
};

function createProgress(hooks: EnhanceHooks, options: ResolvedOptions): ProgressKeeper {
  const enabled: Partial<Record<StepName, { enabled: boolean }>> = options.steps;
  const planned = PIPELINE.filter(
    (step) => step.name === 'merge' || enabled[step.name]?.enabled !== false,
  );
  const total = planned.reduce((sum, step) => sum + step.cost, 0);
  let [before, current, reported, highest] = [0, planned[0], -1, 0];
  return {
    enter: (step) => {
      before = planned
        .slice(0, planned.indexOf(step))
        .reduce((sum, earlier) => sum + earlier.cost, 0);
      current = step;
      reported = -1;
    },
    end: () => hooks.onProgress?.({ step: 'inspect', fraction: 1, overall: 1 }),
    pulse: async (fraction) => {
      // Lets abort events and messages in between two strips of work.
      await setImmediate();
      if (hooks.signal?.aborted)
        throw new EngineError('cancelled', 'The enhancement was cancelled.');
      if (current === undefined || fraction - reported < 0.02) return;
      reported = fraction;
      const done = Math.min(1, fraction);
      // Steps that decide again with a safer recipe do not turn the bar back.
      highest = Math.max(highest, Math.min(NEARLY, (before + done * current.cost) / total));
      hooks.onProgress?.({
        step: current.name,
        fraction: done,
        overall: highest,
      });
    },
  };
}
