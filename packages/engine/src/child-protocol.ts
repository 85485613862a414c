import type { FrameLight } from './color/balance-listing.ts';
import type { EnhanceReport, Recipe } from './enhance.ts';
import type { EngineErrorCode } from './errors.ts';
import type { FrameInfo } from './frames/read-frame-info.ts';
import type { EnhanceOptions, OutputOptions, PreviewOptions } from './options/options.ts';
import type { Progress } from './steps/step.ts';

/**
 * Messages between a parent process and `@repo/engine/child`. Pixels never cross: frames and
 * results are files on disk. The parent sends one request, the child answers with `begun`, any number of
 * `progress`, one `firstLook` if that was asked for, and then exactly one of `done`, `inspected`, `copied`
 * or `failed`, and exits. Before its request a child can be told to practise; it says `ready` then.
 */

/** An exposure on disk; `name` is what messages to people call it. */
export type FramePath = { readonly name: string; readonly path: string };

/** The full-size photo, written to `path`; format and size come from `options.output`. */
export type ImageTarget = { readonly name: 'image'; readonly path: string } & OutputOptions;

/** A smaller file of the same photo, written to `path`. */
export type PreviewTarget = { readonly path: string } & PreviewOptions;

/**
 * `image` must be among the outputs; what is said there and in the previews replaces
 * `options.output` and `options.previews`.
 */
export type EnhanceRequest = {
  readonly type: 'enhance';
  readonly frames: readonly FramePath[];
  readonly options?: Omit<EnhanceOptions, 'previews' | 'firstLook'>;
  readonly outputs: readonly (ImageTarget | PreviewTarget)[];
  /** Written before the full-size work begins; a `firstLook` message says when. */
  readonly firstLook?: PreviewTarget;
  /** Default: one for each core. */
  readonly threads?: number;
};

/** Reads one frame's information and writes reduced copies of it, without metadata. */
export type InspectRequest = {
  readonly type: 'inspect';
  readonly frame: FramePath;
  /** E.g. `{ name: 'thumb', path, maxWidth: 480, format: 'webp' }`. Never enlarged. */
  readonly outputs: readonly PreviewTarget[];
  readonly limits?: EnhanceOptions['limits'];
};

/** Smaller copies of a finished photo, as deliveries want them. */
export type CopyRequest = {
  readonly type: 'copy';
  readonly photo: FramePath;
  readonly outputs: readonly PreviewTarget[];
  /** Words to write across every copy; default none. */
  readonly watermark?: string;
  readonly limits?: EnhanceOptions['limits'];
};

export type EngineRequest = EnhanceRequest | InspectRequest | CopyRequest;

/** Makes a photo of a room that the child draws, so that the one that counts is made faster. */
export type PractiseMessage = {
  readonly type: 'practise';
  /** Photos to practise on. */
  readonly rounds: number;
  /** As many as the request will ask for: they are started now. */
  readonly threads: number;
};

export type ParentMessage = EngineRequest | PractiseMessage;

export type WrittenOutput = {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** File size. */
  readonly bytes: number;
  /** Hex digest of the file. */
  readonly sha256: string;
};

export type ProgressMessage = { readonly type: 'progress' } & Progress;

export type FirstLookMessage = { readonly type: 'firstLook'; readonly output: WrittenOutput };

export type DoneMessage = {
  readonly type: 'done';
  readonly report: EnhanceReport;
  readonly recipe: Recipe;
  readonly outputs: readonly WrittenOutput[];
};

export type InspectedMessage = {
  readonly type: 'inspected';
  readonly info: FrameInfo;
  /** What the frame shows, for `groupFrames`. */
  readonly fingerprint: string;
  /** The light that it was taken in, for `lightOfScene`. */
  readonly light: FrameLight;
  readonly outputs: readonly WrittenOutput[];
};

export type CopiedMessage = {
  readonly type: 'copied';
  readonly outputs: readonly WrittenOutput[];
};

export type FailedMessage = {
  readonly type: 'failed';
  readonly code: EngineErrorCode;
  readonly message: string;
};

/** The child has practised, and waits for its request. */
export type ReadyMessage = { readonly type: 'ready' };

/** The request has come; whatever happens from here on is part of it. */
export type BegunMessage = { readonly type: 'begun' };

export type ChildMessage =
  | ReadyMessage
  | BegunMessage
  | ProgressMessage
  | FirstLookMessage
  | DoneMessage
  | InspectedMessage
  | CopiedMessage
  | FailedMessage;

/** The last message a request of each kind ends with when all goes well. */
export type AnswerTo<R extends EngineRequest> = R extends EnhanceRequest
  ? DoneMessage
  : R extends CopyRequest
    ? CopiedMessage
    : InspectedMessage;
