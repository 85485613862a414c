export { canDigest, digestOf } from './digest.ts';
export { type Duplicate, type IntakeSnapshot, UploadIntake } from './intake.ts';
export { KeptFiles } from './kept-files.ts';
