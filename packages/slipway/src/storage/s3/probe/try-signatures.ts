import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe } from './answer.ts';
import { type Bench, PROBE_TYPE } from './bench.ts';
import { type Finding, no, someBytes, trying, yes } from './finding.ts';
import { signFor } from './try-put.ts';

const AGO_MS = 10 * 60_000;

/** A URL with another signature, which anybody could make. */
export function tryForgedUrl(bench: Bench): Promise<Finding> {
  return trying('a PUT', async () => {
    const storage = bench.storage();
    const key = bench.newKey();
    const grant = await signFor(storage, { key });
    const url = grant.url.replace(/(X-Amz-Signature=)[0-9a-f]+/, `$1${'0'.repeat(64)}`);
    const answer = await bench.send({ ...grant, url }, someBytes());
    if (answer.ok || (await storage.head(key)) !== null)
      return no('a URL whose signature is wrong stored an object');
    return yes(`a URL whose signature is wrong was refused with ${describe(answer)}`);
  });
}

/** More bytes than were signed. */
export function tryOtherSize(bench: Bench): Promise<Finding> {
  return trying('a PUT', async () => {
    const storage = bench.storage();
    const key = bench.newKey();
    const answer = await bench.send(await signFor(storage, { key }), someBytes(65));
    if (answer.ok || (await storage.head(key)) !== null) return no('a URL for 64 bytes took 65');
    return yes(`a URL for 64 bytes refused 65 with ${describe(answer)}`);
  });
}

export function tryOtherType(bench: Bench): Promise<Finding> {
  return trying('a PUT', async () => {
    const storage = bench.storage();
    const key = bench.newKey();
    const grant = await signFor(storage, { key });
    const headers = { ...grant.headers, 'content-type': 'text/html' };
    const answer = await bench.send({ ...grant, headers }, someBytes());
    if (answer.ok || (await storage.head(key)) !== null)
      return no(`a URL for ${PROBE_TYPE} took text/html`);
    return yes(`a URL for ${PROBE_TYPE} refused text/html with ${describe(answer)}`);
  });
}

/** One that was signed a while ago, for less than that. */
export function tryExpiredUrl(bench: Bench): Promise<Finding> {
  return trying('a PUT', async () => {
    const { client, options } = bench;
    const key = bench.newKey();
    const headers = { 'content-type': PROBE_TYPE };
    const body = someBytes();
    const command = new PutObjectCommand({
      Bucket: options.bucket,
      Key: key,
      ContentType: PROBE_TYPE,
      ContentLength: body.length,
    });
    const signingDate = new Date(Date.now() - AGO_MS);
    const url = await getSignedUrl(client, command, { expiresIn: 60, signingDate });
    const answer = await bench.send({ url, method: 'PUT', headers }, body);
    if (answer.ok || (await bench.storage().head(key)) !== null)
      return no('a URL was still good long after it had expired');
    return yes(`a URL that had expired was refused with ${describe(answer)}`);
  });
}
