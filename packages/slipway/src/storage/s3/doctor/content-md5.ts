import { createHash } from 'node:crypto';

interface WithStack {
  middlewareStack: {
    add(
      middleware: (next: (args: never) => unknown) => (args: never) => unknown,
      options: { step: 'build'; priority: 'low'; name: string },
    ): void;
  };
}

interface Request {
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/**
 * S3 wants the configuration of a bucket with a checksum. The SDK gives it a CRC32, which not all
 * servers take (Backblaze B2); all take the older Content-MD5.
 */
export function withContentMd5<C extends WithStack>(command: C): C {
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args as { request: Request };
      for (const name of Object.keys(request.headers))
        if (/^x-amz-(checksum-|sdk-checksum)/.test(name)) delete request.headers[name];
      request.headers['content-md5'] = createHash('md5')
        .update(request.body ?? '')
        .digest('base64');
      return next(args);
    },
    { step: 'build', priority: 'low', name: 'contentMd5' },
  );
  return command;
}
