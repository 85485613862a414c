import { describe, send } from '../probe/answer.ts';
import { type Bench, PROBE_TYPE } from '../probe/bench.ts';
import { type Finding, holds, no, someBytes, trying, yes } from '../probe/finding.ts';
import { tryRange, tryResponseHeaders } from '../probe/try-read.ts';
import {
  tryExpiredUrl,
  tryForgedUrl,
  tryOtherSize,
  tryOtherType,
} from '../probe/try-signatures.ts';
import type { Check, Visit } from './check.ts';
import { allow, anotherServer } from './remedies.ts';
import type { Remedy } from './report.ts';

const NO_SIGNATURES: Remedy = anotherServer(
  'it has to compare every request with its signature, and what that covers.',
);

/** Objects: what the key may do, and what the URLs that it signs allow. */
export const OBJECT_CHECKS: Check[] = [
  {
    id: 'put',
    title: 'Uploads by a signed URL are stored',
    severity: 'problem',
    needs: ['bucket'],
    look: async ({ probe }) => (await probe()).findings.put,
    remedy: ({ bench: { options } }) => allow('s3:PutObject (and s3:GetObject)', options),
  },
  {
    id: 'missing',
    title: 'A missing object is told from a forbidden one',
    severity: 'problem',
    needs: ['put'],
    look: ({ bench }) =>
      trying('asking for an object that is not there', async () =>
        (await bench.storage().head(bench.newKey())) === null
          ? yes('what is not there is answered with 404')
          : no('the server knows an object that nobody stored'),
      ),
    remedy: ({ bench: { options } }) => allow('s3:ListBucket', options),
  },
  {
    id: 'delete',
    title: 'The key may delete',
    severity: 'problem',
    needs: ['put', 'missing'],
    look: ({ bench }) => tryDelete(bench),
    remedy: ({ bench: { options } }) => allow('s3:DeleteObject', options),
  },
  signatureCheck('forged_url', 'A URL with a wrong signature is refused', tryForgedUrl),
  signatureCheck('signed_size', 'A signed URL takes the announced size only', tryOtherSize),
  signatureCheck('signed_type', 'A signed URL takes the announced type only', tryOtherType),
  signatureCheck('expired_url', 'A signed URL ends when it says', tryExpiredUrl),
  {
    id: 'create_only',
    title: 'A URL stores once (If-None-Match)',
    severity: 'warning',
    needs: ['put'],
    look: async ({ probe }) => (await probe()).findings.createOnly,
    remedy: () => ({
      text: 'Nothing has to be done: uploads go to an incoming key then, and Slipway copies them to one that no URL reaches. Servers that keep the condition save that copy.',
    }),
  },
  {
    id: 'digest',
    title: 'The SHA-256 of an upload is compared (x-amz-checksum-sha256)',
    severity: 'warning',
    needs: ['put'],
    look: async ({ probe }) => (await probe()).findings.digest,
    remedy: () => ({
      text: 'Nothing has to be done: Slipway reads uploads back and compares them itself. Servers that compare save that.',
    }),
  },
  {
    id: 'copy',
    title: 'Objects are copied inside the bucket',
    severity: 'problem',
    needs: ['put'],
    look: async ({ probe }) => (await probe()).findings.copy,
    remedy: ({ bench: { options } }) => allow('s3:GetObject (and s3:PutObject)', options),
  },
  {
    id: 'range',
    title: 'A range of an object is served',
    severity: 'problem',
    needs: ['put'],
    look: ({ bench }) => tryRange(bench),
    remedy: () =>
      anotherServer('films cannot be skipped through, and downloads start over when they break.'),
  },
  {
    id: 'response_headers',
    title: 'A signed URL says with which type and name a file is served',
    severity: 'warning',
    needs: ['put'],
    look: ({ bench }) => tryResponseHeaders(bench),
    remedy: () =>
      anotherServer(
        'response-content-type and response-content-disposition are ignored, so that files that ought to be saved are shown.',
      ),
  },
];

function signatureCheck(
  id: string,
  title: string,
  look: (bench: Bench) => Promise<Finding>,
): Check {
  return {
    id,
    title,
    severity: 'problem',
    needs: ['put', 'missing'],
    look: ({ bench }: Visit) => look(bench),
    remedy: () => NO_SIGNATURES,
  };
}

function tryDelete(bench: Bench): Promise<Finding> {
  return trying('deleting', async () => {
    const storage = bench.storage();
    const key = bench.newKey();
    const body = someBytes();
    const sent = await send(
      bench.options,
      await storage.signUpload({ key, size: body.length, type: PROBE_TYPE, expiresInSeconds: 300 }),
      body,
    );
    if (!sent.ok) return no(`a PUT by a signed URL was refused with ${describe(sent)}`);
    await storage.delete(key);
    return (await holds(storage, key, body))
      ? no('an object is still there after it was deleted')
      : yes('what is deleted is gone');
  });
}
