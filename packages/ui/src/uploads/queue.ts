import type { Queue } from './intake.ts';

export type UploadState =
  | 'queued'
  | 'requesting'
  | 'uploading'
  | 'completing'
  | 'paused'
  | 'done'
  | 'error'
  | 'cancelled';

export interface UploadProblem {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly requestId: string | null;
}

/** Of the SDK's items, what is shown of them. */
export interface UploadItem {
  readonly key: string;
  readonly file: File;
  readonly state: UploadState;
  readonly loaded: number;
  readonly progress: number;
  readonly error: UploadProblem | null;
}

export interface UploadSnapshot {
  readonly items: readonly UploadItem[];
  /** From 0 to 1, of all together. */
  readonly progress: number;
  readonly loaded: number;
  readonly size: number;
  readonly active: boolean;
  readonly done: number;
  readonly failed: number;
}

/** Of the SDK's uploader, what a tray of uploads needs. */
export interface UploadQueue<Input> extends Queue<Input> {
  getSnapshot(): UploadSnapshot;
  pause(key?: string): void;
  resume(key?: string): void;
  cancel(key?: string): void;
  retry(key?: string): void;
  remove(key?: string): void;
}

/** What its rows and buttons do, whatever files are added with. */
export type UploadControls = Omit<UploadQueue<unknown>, 'add'>;

/** What differs between products in how uploads are spoken of. */
export interface UploadWords {
  /** What one of them is called: "photo". */
  readonly noun: string;
  /** Where they go: "this listing". */
  readonly place: string;
  /** What one is once it has arrived: "Uploaded". */
  readonly arrived: string;
  /** What is done with it before that. */
  readonly checking: string;
  /** Why one was not taken, and what to do. */
  readonly problem: (file: File, problem: UploadProblem) => string;
  /** Whether the very same file would end the same way. */
  readonly isHopeless: (file: File, problem: UploadProblem) => boolean;
  /** More to say of all of them. */
  readonly note?: (files: readonly File[]) => string;
  /** What is said while there is no connection, where the page does not say it. */
  readonly offline?: string;
}
