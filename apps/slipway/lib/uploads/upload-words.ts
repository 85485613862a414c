import type { UploadWords } from '@repo/ui/uploads';
import { breaksRule, UploadError } from 'slipway/client';

/** The same bytes would be refused again, or nobody takes them any more. */
const verdicts = new Set([
  'size_mismatch',
  'type_mismatch',
  'digest_mismatch',
  'infected',
  'not_scannable',
  'file_limit_reached',
  'not_found',
  'forbidden',
]);

/** How files on their way are spoken of: errors in the server's own words, which are for developers. */
export const fileWords: UploadWords = {
  noun: 'file',
  place: 'this project',
  arrived: 'Ready',
  checking: 'Verifying the stored bytes',
  problem: (_file, { message }) => message,
  isHopeless: (_file, problem) =>
    verdicts.has(problem.code) || (problem instanceof UploadError && breaksRule(problem)),
  offline: 'You are offline. Uploads go on by themselves when the connection is back.',
};
