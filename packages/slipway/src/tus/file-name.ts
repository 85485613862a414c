import type { TusState } from './table.ts';

/** The current file of an upload that is appended to. */
export const fileName = ({ file = 'bytes' }: TusState): string => file;
