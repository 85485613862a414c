import type { FileRequest } from '../shared/types.ts';
import { UploadError } from './errors.ts';
import type { PendingUpload, TargetAnswer, UploadTransport } from './transport.ts';

/** Asks for the target of one file. */
export type TargetDesk<Input> = (file: FileRequest, input: Input) => Promise<PendingUpload>;

const GATHER = 10;

/** Asks for targets; files that ask within a moment, with the same input, share one request. */
export function createTargetDesk<Input>(
  transport: Pick<UploadTransport<Input>, 'request'>,
): TargetDesk<Input> {
  const groups = new Map<
    Input,
    { files: FileRequest[]; answers: Promise<readonly TargetAnswer[]> }
  >();
  const open = (input: Input) => {
    const files: FileRequest[] = [];
    const answers = new Promise((resolve) => setTimeout(resolve, GATHER)).then(() => {
      groups.delete(input);
      return transport.request(files, { input, signal: AbortSignal.timeout(120_000) });
    });
    const group = { files, answers };
    groups.set(input, group);
    return group;
  };
  return async (file, input) => {
    const { files, answers } = groups.get(input) ?? open(input);
    const index = files.push(file) - 1;
    const answer = (await answers)[index];
    if (answer?.ok) return answer;
    throw new UploadError(
      answer?.error ?? { code: 'unexpected_answer', message: 'The server forgot a file.' },
    );
  };
}
