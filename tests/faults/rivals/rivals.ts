import type { Random } from '../random.ts';
import { uploadToTusServer } from './tus-server.ts';
import { uploadWithUppy } from './uppy-s3.ts';

/** What became of files whose bits were flipped on the way to somebody else's server. */
export interface RivalReport {
  readonly uploads: number;
  readonly transfers: number;
  readonly flipped: number;
  /** Uploads that were called complete with other bytes than were sent. */
  readonly acceptedWrong: number;
  readonly failed: number;
}

export interface RivalWish {
  readonly random: Random;
  readonly uploads: number;
  readonly say: (line: string) => void;
}

/** The same proxy in front of others, for comparison. */
export async function rivals(wish: RivalWish): Promise<Record<string, RivalReport | string>> {
  return {
    'tus-js-client to @tus/server': await uploadToTusServer(wish),
    'Uppy S3 (@uppy/aws-s3) to versitygw': await uploadWithUppy(wish),
  };
}
