export { type OpenUploads, type Refusal, UploadDesk } from './desk.ts';
export { canDigest, digestOf, MAX_DIGEST_SIZE } from './digest.ts';
export { type Duplicate, type IntakeSnapshot, UploadIntake } from './intake.ts';
export { countKept, forgetKept, KeptFiles } from './kept-files.ts';
export type { UploadItem, UploadProblem, UploadQueue, UploadWords } from './queue.ts';
export { useDesk, useIntake, useUploadSnapshot } from './use-uploads.ts';
export { folderOf } from './walk.ts';
