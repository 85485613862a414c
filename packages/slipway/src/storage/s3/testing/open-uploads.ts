import { createHash, randomUUID } from 'node:crypto';
import type { Rules } from './rules.ts';
import { notImplemented, s3Failure } from './s3-failure.ts';

interface Part {
  body: Buffer;
  etag: string;
  sha256: string | undefined;
}

interface Upload {
  key: string;
  type: string;
  startedAt: Date;
  algorithm: string | undefined;
  parts: Map<number, Part>;
  open: boolean;
}

export interface NewPart {
  number: number;
  body: Buffer;
  /** As claimed, base64. */
  sha256: string | undefined;
  /** From an object: S3 makes what checksums it needs. */
  copied: boolean;
}

export interface OpenUploads {
  create(upload: { key: string; type: string; algorithm: string | undefined }): string;
  /** Returns the part's ETag; throws when it may not come (any more). */
  receive(uploadId: string, part: NewPart): string;
  isOver(uploadId: string): boolean;
  listParts(uploadId: string): string;
  list(after: { key: string | null; prefix: string | null }): string;
  /** The whole of it; throws when the parts may not become an object. */
  complete(uploadId: string, body: string): { bytes: Buffer; type: string };
  abort(uploadId: string): void;
}

/** Uploads in parts with the rules of `rules`; fauxqs knows neither the rules nor how to list parts. */
export function openUploads(rules: () => Rules, now: () => Date): OpenUploads {
  const uploads = new Map<string, Upload>();
  const require = (uploadId: string): Upload => {
    const upload = uploads.get(uploadId);
    if (upload === undefined || !(upload.open || rules().lateParts))
      throw s3Failure(404, 'NoSuchUpload', 'The specified upload does not exist.');
    return upload;
  };

  return {
    create(input) {
      const uploadId = randomUUID();
      uploads.set(uploadId, { ...input, startedAt: now(), parts: new Map(), open: true });
      return uploadId;
    },
    receive(uploadId, part) {
      const upload = require(uploadId);
      checkPart(upload, part, rules());
      const etag = `"${md5(part.body)}"`;
      const compared = rules().checksums === 'compared';
      upload.parts.set(part.number, { ...part, etag, sha256: compared ? part.sha256 : undefined });
      return etag;
    },
    isOver: (uploadId) => uploads.get(uploadId)?.open === false,
    listParts(uploadId) {
      const { parts } = require(uploadId);
      const elements = [...parts]
        .sort(([a], [b]) => a - b)
        .map(([number, part]) => partXml(number, part));
      return document('ListPartsResult', elements);
    },
    list({ key, prefix }) {
      const found = [...uploads]
        .filter(([, upload]) => upload.open && upload.key.startsWith(prefix ?? ''))
        .filter(([, upload]) => key === null || upload.key > key)
        .sort(([, a], [, b]) => (a.key < b.key ? -1 : 1))
        .map(
          ([uploadId, upload]) =>
            `<Upload><Key>${upload.key}</Key><UploadId>${uploadId}</UploadId><Initiated>${upload.startedAt.toISOString()}</Initiated></Upload>`,
        );
      return document('ListMultipartUploadsResult', found);
    },
    complete(uploadId, body) {
      const upload = require(uploadId);
      const parts = checkParts(upload, body, rules());
      upload.open = false;
      return { bytes: Buffer.concat(parts.map((part) => part.body)), type: upload.type };
    },
    abort(uploadId) {
      require(uploadId);
      uploads.delete(uploadId);
    },
  };
}

function checkPart(upload: Upload, { number, sha256, copied }: NewPart, rules: Rules): void {
  const { maxParts, checksumsAnnounced, checksums } = rules;
  if (number < 1 || number > maxParts)
    throw s3Failure(400, 'InvalidArgument', `Part number must be from 1 to ${maxParts}`);
  const actual = sha256 === undefined ? 'null' : 'SHA256';
  const expected = upload.algorithm ?? 'null';
  if (copied || !checksumsAnnounced || checksums !== 'compared' || actual === expected) return;
  throw s3Failure(
    400,
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  );
}

function checkParts(upload: Upload, body: string, rules: Rules): Part[] {
  const named = [...body.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, xml = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(xml)?.[1]),
    etag: /<ETag>([^<]+)</.exec(xml)?.[1]?.replaceAll('&quot;', '"'),
    sha256: /<ChecksumSHA256>([^<]+)</.exec(xml)?.[1],
  }));
  if (named.some(({ number }, index) => number <= (named[index - 1]?.number ?? 0)))
    throw s3Failure(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
  const parts = named.map(({ number, etag, sha256 }) => {
    const part = upload.parts.get(number);
    if (part === undefined || part.etag !== etag)
      throw s3Failure(400, 'InvalidPart', `Part ${number} could not be found.`);
    checkNamed({ number, sha256, part, upload }, rules);
    return part;
  });
  const sizes = parts.slice(0, -1).map((part) => part.body.length);
  if (rules.equalParts && sizes.some((size) => size !== sizes[0]))
    throw s3Failure(400, 'InvalidPart', 'All non-trailing parts must have the same length.');
  if (sizes.some((size) => size < rules.minPartSize))
    throw s3Failure(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum.');
  return parts;
}

function checkNamed(
  input: { number: number; sha256: string | undefined; part: Part; upload: Upload },
  { checksums, checksumsAnnounced }: Rules,
): void {
  const { number, sha256, part, upload } = input;
  if (sha256 !== undefined && checksums === 'refused') throw notImplemented();
  if (checksums !== 'compared') return;
  if (checksumsAnnounced && upload.algorithm !== undefined && sha256 === undefined)
    throw s3Failure(
      400,
      'InvalidRequest',
      `The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
    );
  if (sha256 !== undefined && sha256 !== part.sha256)
    throw s3Failure(400, 'InvalidPart', `Part ${number} has another checksum.`);
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');

const partXml = (number: number, { body, etag, sha256 }: Part) =>
  `<Part><PartNumber>${number}</PartNumber><Size>${body.length}</Size><ETag>${etag.replaceAll('"', '&quot;')}</ETag>${
    sha256 === undefined ? '' : `<ChecksumSHA256>${sha256}</ChecksumSHA256>`
  }</Part>`;

const document = (root: string, elements: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${elements.join('')}<IsTruncated>false</IsTruncated></${root}>`;
