import { ENGLISH } from '../ui/english.ts';
import type { Labels } from '../ui/labels.ts';

/** Every word that the element shows or speaks: those of the React components, and what forms say. */
export interface ElementLabels extends Labels {
  /** Why the form cannot be sent: a file is required. */
  readonly required: (multiple: boolean) => string;
  /** Why the form cannot be sent: files are still on their way. */
  readonly busy: string;
  /** Why the form cannot be sent: files failed and are still listed. */
  readonly failed: string;
}

/** The English words. */
export const ENGLISH_ELEMENT: ElementLabels = {
  ...ENGLISH,
  required: (multiple) => (multiple ? 'Upload at least one file.' : 'Upload a file.'),
  busy: 'Wait until the files are uploaded.',
  failed: 'Some files were not uploaded. Try them again, or remove them.',
};
