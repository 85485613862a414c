import { sleep } from '../shared/retry.ts';
import type { FileRequest } from '../shared/types.ts';
import { UploadError } from './errors.ts';
import {
  ANSWER_LIMIT,
  type PendingUpload,
  type TargetAnswer,
  type UploadTransport,
} from './transport.ts';

/** Asks for the target of one file. */
export type TargetDesk<Input> = (file: FileRequest, input: Input) => Promise<PendingUpload>;

/** Files whose targets are asked for together. */
interface Group<Input> {
  readonly input: Input;
  readonly files: FileRequest[];
  readonly answers: Promise<readonly TargetAnswer[]>;
}

const GATHER = 10;

/** Asks for targets; files that ask within a moment, with the same input, share one request. */
export function createTargetDesk<Input>(
  transport: Pick<UploadTransport<Input>, 'request'>,
): TargetDesk<Input> {
  let open: Group<Input> | undefined;
  return async (file, input) => {
    if (!open || open.input !== input) {
      const files: FileRequest[] = [];
      const group: Group<Input> = {
        input,
        files,
        answers: sleep(GATHER).then(() => {
          if (open === group) open = undefined;
          return transport.request(files, { input, signal: AbortSignal.timeout(ANSWER_LIMIT) });
        }),
      };
      open = group;
    }
    const { files, answers } = open;
    const index = files.push(file) - 1;
    const answer = (await answers)[index];
    if (answer?.ok) return answer;
    throw new UploadError(
      answer?.error ?? { code: 'unexpected_answer', message: 'The server forgot a file.' },
    );
  };
}
