import { pipeline, type Readable, Transform } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';

/** The longest page of a thousand keys that S3 could send is less. */
const LARGEST_ANSWER = 16 * 1024 ** 2;
/** From its first byte to the last. */
const ANSWER_MS = 30_000;
/** These send spaces while they work, so that the connection stays. */
const WHILE_WORKING_MS = 600_000;
const WORKING = new Set([
  'CompleteMultipartUploadCommand',
  'CopyObjectCommand',
  'UploadPartCopyCommand',
]);

/**
 * The SDK collects an answer for as long as it comes, and a member may have named any server at all.
 * An object's own bytes are not an answer: they are streamed, and whoever reads them counts.
 */
export function boundAnswers(client: S3Client): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        const { response } = result;
        if (!isAnswer(response)) return result;
        if (commandName === 'GetObjectCommand' && response.statusCode < 300) return result;
        const ms = WORKING.has(commandName ?? '') ? WHILE_WORKING_MS : ANSWER_MS;
        response.body = bounded(response.body, ms);
        return result;
      },
    // Next to the connection, before anything reads.
    { step: 'deserialize', priority: 'low', name: 'slipwayBoundAnswers' },
  );
}

interface Answer {
  statusCode: number;
  body: Readable;
}

// In Node the SDK's body is always a Readable.
const isAnswer = (response: unknown): response is Answer =>
  typeof response === 'object' &&
  response !== null &&
  'statusCode' in response &&
  'body' in response;

function bounded(body: Readable, ms: number): Readable {
  let size = 0;
  const answer = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size <= LARGEST_ANSWER) done(null, chunk);
      else done(new Error(`the storage’s answer has more than ${LARGEST_ANSWER} bytes`));
    },
  });
  const late = () => answer.destroy(new Error(`the storage’s answer did not end within ${ms} ms`));
  const timer = setTimeout(late, ms).unref();
  // What went wrong is told to the one who reads the answer.
  return pipeline(body, answer, () => clearTimeout(timer));
}
