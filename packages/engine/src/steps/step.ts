import type { EncodedImage } from '../encoded-image.ts';
import type { DecodedAhead } from '../frames/decode-ahead.ts';
import type { FrameHeader } from '../frames/read-header.ts';
import type { Measurements } from '../inspect/measurements.ts';
import type { Witnesses } from '../inspect/witnesses.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { TunableStep } from '../options/settings.ts';
import type { Pool } from '../parallel/pool.ts';
import type { Picture } from '../pixels/picture.ts';
import type { Overview, Plan } from '../plan/plan.ts';
import type { StepName } from './step-names.ts';

/** A sentence for the photographer with a stable code for programs. */
export type Warning = { readonly code: string; readonly message: string };

/**
 * The part of the reference exposure that the photo shows, in pixels of that exposure: hand-held
 * brackets lose their edges when they are aligned.
 */
export type CropFacts = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
};

/** Small facts a step measured or decided; they end up in the report and the recipe. */
export type StepFacts = Readonly<Record<string, number | string | boolean>>;

/** What a step says about itself: it had nothing to do, or it ran and here is what it found. */
export type StepOutcome =
  | { readonly ran: false; readonly reason: string }
  | { readonly ran: true; readonly facts: StepFacts; readonly warnings?: readonly Warning[] };

/** A frame as it comes in: the encoded file and the name shown in messages. */
export type InputFrame = { readonly name: string; readonly bytes: Uint8Array };

/** Which step is at work; `fraction` is of that step, `overall` of the whole job, both 0..1. */
export type Progress = {
  readonly step: StepName;
  readonly fraction: number;
  readonly overall: number;
};

/** What travels down the pipeline. Each step reads and replaces what its name says. */
export type Job = {
  readonly frames: readonly InputFrame[];
  readonly options: ResolvedOptions;
  /** One for each of `frames`; set by `decode`. */
  headers: readonly FrameHeader[];
  /** Small copies of the exposures; set by `decode`, laid on each other and thinned out by `align`. */
  overviews: readonly Overview[];
  /** Index into `overviews` of the one exposed most like a finished photo; geometry and detail follow it. */
  referenceIndex: number;
  /** The first exposure that full size needs, while the steps decide. */
  readonly ahead: DecodedAhead;
  /** What is to be done at full size. */
  readonly plan: Plan;
  /** What the photo shows of the reference frame; set by `decode`, narrowed by `align`. */
  crop: CropFacts | null;
  /** The exposures as the photo lies, small; set when every step has planned. */
  witnesses: Witnesses | null;
  /** Longer side of the finished photo before it is made smaller for any file; set by `encode`. */
  longSide: number;
  /** The finished photo, small; set by `encode`. */
  photo: Picture | null;
  /** The photo under work, as small as the overviews; set by `merge`. */
  picture: Picture | null;
  /** Threads and memory for the full-size work. */
  readonly pool: Pool;
  /** Names of the steps that ran so far; kept by the pipeline. */
  readonly ran: StepName[];
  /** Encoded results; set by `encode`, the full-size image first. */
  outputs: readonly EncodedImage[];
  /** Quality of the result; set by `inspect`. */
  measurements: Measurements | null;
  /** Called by `encode` when `photo` is there and its files are being written. */
  onRendered: () => void;
  /** Takes the first look, where one was asked for. */
  readonly onFirstLook: (image: EncodedImage) => void;
  /** Reports how much of the current step is done and throws `cancelled` when the caller gave up. */
  readonly pulse: (fraction: number) => Promise<void>;
};

/** One named stage of the pipeline. */
export type Step = {
  readonly name: StepName;
  /** Typical share of the running time, in any unit; only used for overall progress. */
  readonly cost: number;
  /** Steps whose settings it heeds besides its own. */
  readonly reads?: readonly TunableStep[];
  /** Replaces what it changes in the job: pictures and plans that were there may be gone back to. */
  readonly run: (job: Job) => Promise<StepOutcome>;
};
