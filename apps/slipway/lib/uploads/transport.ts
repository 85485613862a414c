import {
  type FileInfo,
  type PendingUpload,
  type TargetAnswer,
  UploadError,
  type UploadTransport,
} from 'slipway/client';
import { describeError, type FileRow, type Rules } from '../trpc.ts';
import { brokenRule } from './check-rules.ts';

type NewUpload = { projectId: string; name: string; size: number; type: string; sha256?: string };

/** The two procedures that an upload needs. */
type UploadApi = {
  requestUpload: (input: NewUpload) => Promise<PendingUpload['upload']>;
  completeUpload: (fileId: string) => Promise<FileRow>;
};

export type TransportOptions = {
  api: UploadApi;
  projectId: string;
  /** The project's rules as known now; they may change while the page is open. */
  rules: () => Rules | undefined;
  /** A row on the server is new. */
  changed: () => void;
};

function uploadError(error: unknown): UploadError {
  const { message, code, retryable } = describeError(error);
  return new UploadError({ code, message, retryable });
}

/** Brings the dashboard's procedures to the SDK's uploader, which does the rest. */
export function createTransport(options: TransportOptions): UploadTransport<undefined, null> {
  const { api, projectId, rules, changed } = options;

  async function requestOne({ name, size, type, sha256 }: FileInfo): Promise<TargetAnswer> {
    const known = rules();
    const broken = known ? brokenRule({ size, type }, known) : undefined;
    if (broken) return { ok: false, error: broken };
    try {
      const upload = await api.requestUpload({
        projectId,
        name,
        size,
        type,
        ...(sha256 && { sha256 }),
      });
      return { ok: true, upload };
    } catch (error) {
      const { code, message, retryable } = uploadError(error);
      return { ok: false, error: { code, message, retryable } };
    }
  }

  return {
    async request(files) {
      const answers = await Promise.all(files.map(requestOne));
      changed();
      return answers;
    },
    async complete({ upload }) {
      try {
        const file = await api.completeUpload(upload.id);
        return { file: { ...file, metadata: {} }, serverData: null };
      } catch (error) {
        throw uploadError(error);
      }
    },
  };
}
