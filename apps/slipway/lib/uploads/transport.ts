import {
  brokenRule,
  type FileRequest,
  type PendingUpload,
  type TargetAnswer,
  typeOf,
  UploadError,
  type UploadTransport,
} from 'slipway/client';
import { describeError, type FileRow, type Rules } from '../trpc.ts';

type NewUpload = {
  projectId: string;
  name: string;
  size: number;
  type: string;
  sha256?: string;
  folder?: string;
  multipart: true;
};

/** What files were added with: the folder that they came in, below that of the rules. */
export type UploadPlace = { folder: string } | undefined;

/** The two procedures that an upload needs. */
type UploadApi = {
  requestUpload: (input: NewUpload) => Promise<PendingUpload['upload']>;
  completeUpload: (fileId: string, signal: AbortSignal) => Promise<FileRow>;
};

export type TransportOptions = {
  api: UploadApi;
  projectId: string;
  /** The project's rules as known now; they may change while the page is open. */
  rules: () => Pick<Rules, 'allowedTypes' | 'maxSize'> | undefined;
  /** A row on the server is new. */
  changed: () => void;
};

const ANSWER_LIMIT = 300_000;

function uploadError(error: unknown): UploadError {
  const { message, code, retryable } = describeError(error);
  return new UploadError({ code, message, retryable });
}

const rulesOf = ({ allowedTypes, maxSize }: Pick<Rules, 'allowedTypes' | 'maxSize'>) => ({
  types: allowedTypes,
  maxSize,
  maxFiles: null,
});

/** Brings the dashboard's procedures to the SDK's uploader, which does the rest. */
export function createTransport(options: TransportOptions): UploadTransport<UploadPlace, null> {
  const { api, projectId, rules, changed } = options;

  async function requestOne(file: FileRequest, folder: string): Promise<TargetAnswer> {
    const { name, size, sha256, resume } = file;
    // An upload in parts that was interrupted is remembered as its target.
    if (resume !== undefined) return { ok: true, upload: JSON.parse(resume), token: resume };
    const type = typeOf(file);
    const known = rules();
    // The server decides in the end; this spares the wait for its answer.
    const broken = known && brokenRule({ name, size, type }, rulesOf(known));
    if (broken) return { ok: false, error: broken };
    try {
      const upload = await api.requestUpload({
        projectId,
        name,
        size,
        type,
        multipart: true,
        ...(folder && { folder }),
        ...(sha256 && { sha256 }),
      });
      return { ok: true, upload, token: JSON.stringify(upload) };
    } catch (error) {
      const { code, message, retryable } = uploadError(error);
      return { ok: false, error: { code, message, retryable } };
    }
  }

  return {
    place: projectId,
    async request(files, { input }) {
      const folder = input?.folder ?? '';
      const answers = await Promise.all(files.map((file) => requestOne(file, folder)));
      changed();
      return answers;
    },
    async complete({ upload }, { signal }) {
      try {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT)]);
        const file = await api.completeUpload(upload.id, limit);
        return { file: { ...file, metadata: {} }, serverData: null };
      } catch (error) {
        throw uploadError(error);
      }
    },
  };
}
