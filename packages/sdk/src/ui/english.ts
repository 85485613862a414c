import { DROPZONE_WORDS, type Labels, WORDS } from './labels.ts';

/** The words used where none are given. */
export const ENGLISH: Labels = { ...WORDS, ...DROPZONE_WORDS };
