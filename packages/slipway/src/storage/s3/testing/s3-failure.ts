/** An error as S3 says it. */
export class S3Failure extends Error {
  override readonly name = 'S3Failure';
  readonly status: number;
  readonly xml: string;

  constructor(status: number, xml: string) {
    super(xml);
    this.status = status;
    this.xml = xml;
  }
}

/** Three words and, where S3 says more, elements beside them. */
export function s3Failure(status: number, code: string, ...more: string[]): S3Failure {
  const [message = '', ...elements] = more;
  return new S3Failure(
    status,
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${elements.join('')}</Error>`,
  );
}

export const notImplemented = () =>
  s3Failure(501, 'NotImplemented', 'A header or query you provided is not implemented');
