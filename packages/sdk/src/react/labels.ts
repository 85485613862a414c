import type { UploadItem, UploadSnapshot } from '../client/uploader.ts';
import { formatSize } from '../shared/rules.ts';
import type { UploadRules } from '../shared/types.ts';

/** Every word the components show or speak. */
export interface Labels {
  readonly choose: (multiple: boolean) => string;
  readonly uploading: (percent: number) => string;
  readonly drop: (multiple: boolean) => string;
  readonly rules: (rules: UploadRules) => string;
  readonly item: (item: UploadItem) => string;
  /** Spoken when it changes, so it holds no running numbers. */
  readonly status: (snapshot: UploadSnapshot) => string;
  readonly cancel: string;
  readonly retry: string;
  readonly remove: string;
}

/** The words used where none are given. */
export const ENGLISH: Labels = {
  choose: (multiple) => (multiple ? 'Choose files' : 'Choose a file'),
  uploading: (percent) => `Uploading… ${percent} %`,
  drop: (multiple) => (multiple ? 'or drop or paste them here' : 'or drop or paste it here'),
  rules: ({ types, maxSize, maxFiles }) =>
    [
      types.join(', '),
      maxSize === null ? '' : `up to ${formatSize(maxSize)}`,
      maxFiles === null || maxFiles === 1 ? '' : `${maxFiles} files at once`,
    ]
      .filter(Boolean)
      .join(' · '),
  item: ({ state, error, progress, file }) => {
    if (state === 'error') return error?.message ?? 'Failed';
    if (state === 'uploading') return `${Math.floor(progress * 100)} % of ${formatSize(file.size)}`;
    if (state === 'done') return formatSize(file.size);
    return {
      queued: 'Waiting',
      requesting: 'Preparing',
      completing: 'Checking',
      cancelled: 'Cancelled',
    }[state];
  },
  status: ({ items, active, done, failed }) => {
    if (items.length === 0) return '';
    const sum = `${done} of ${items.length} uploaded${failed > 0 ? `, ${failed} failed` : ''}.`;
    return active ? `Uploading. ${sum}` : sum;
  },
  cancel: 'Cancel',
  retry: 'Try again',
  remove: 'Remove',
};
