import { homedir } from 'node:os';
import { join } from 'node:path';

export type Say = (line: string) => void;

/** An S3 server that is not ours: the storage contract's other opinion. */
export interface Judge {
  readonly name: string;
  readonly version: string;
  /** Gets what it needs, once; the reason when it cannot be had here. */
  prepare(say: Say): Promise<Prepared | Unavailable>;
}

export interface Unavailable {
  readonly reason: string;
}

export interface Prepared {
  /** On a free port, with an empty folder of its own; ends with this process, however that ends. */
  start(): Promise<RunningJudge>;
}

export interface RunningJudge {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Not there yet: whoever tests makes it. */
  readonly bucket: string;
  stop(): Promise<void>;
}

/** Signed in with these wherever a judge can be told. */
export const ACCESS = {
  accessKey: 'judge',
  secretKey: 'judge-secret',
  bucket: 'contract',
} as const;

/** Outside the repository, so that it outlives a checkout. */
export const judgesFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'slipway-judges');
