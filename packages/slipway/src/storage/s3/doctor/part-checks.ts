import { tryAbort, tryPartOfOtherSize } from '../probe/try-multipart.ts';
import type { Check } from './check.ts';
import { allow, anotherServer } from './remedies.ts';

/** Uploads in parts. */
export const PART_CHECKS: Check[] = [
  {
    id: 'multipart',
    title: 'Uploads in parts work',
    severity: 'warning',
    needs: ['put'],
    look: async ({ probe }) => (await probe()).findings.multipart,
    remedy: () =>
      anotherServer(
        'files come in one PUT then, 5 GiB at most, and one that breaks off starts over.',
      ),
  },
  {
    id: 'part_size',
    title: 'The URL of a part takes the announced size only',
    severity: 'problem',
    needs: ['multipart'],
    look: ({ bench }) => tryPartOfOtherSize(bench),
    remedy: () => anotherServer('it has to compare what a signature covers.'),
  },
  {
    id: 'part_digests',
    title: 'The SHA-256 of a part is compared',
    severity: 'warning',
    needs: ['multipart'],
    look: async ({ probe }) => (await probe()).findings.partDigests,
    remedy: () => ({
      text: 'Nothing has to be done: Slipway reads large files back and compares them itself, which takes a while.',
    }),
  },
  {
    id: 'abort',
    title: 'An upload in parts can be given up',
    severity: 'problem',
    needs: ['multipart'],
    look: ({ bench }) => tryAbort(bench),
    remedy: ({ bench: { options } }) => allow('s3:AbortMultipartUpload', options),
  },
  {
    id: 'list_multiparts',
    title: 'Forgotten uploads in parts can be found',
    severity: 'warning',
    needs: ['multipart'],
    look: async ({ probe }) => (await probe()).findings.listMultiparts,
    remedy: ({ bench: { options } }) => allow('s3:ListBucketMultipartUploads', options),
  },
  {
    id: 'copy_part',
    title: 'Ranges of objects are copied inside the bucket',
    severity: 'warning',
    needs: ['multipart'],
    look: async ({ probe }) => (await probe()).findings.copyPart,
    remedy: () => ({
      text: 'Nothing has to be done, as long as parts are compared as they come; else a file with one damaged part has to be sent again as a whole.',
    }),
  },
];
