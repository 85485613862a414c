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
  readonly pause: string;
  readonly resume: string;
  readonly cancel: string;
  readonly retry: string;
  readonly remove: string;
  /** Speaks one of these words together with the file that it is about. */
  readonly action: (word: string, item: UploadItem) => string;
}

/** The English words of the button and the list. */
export const WORDS: Omit<Labels, 'drop' | 'rules'> = {
  choose: (multiple) => (multiple ? 'Choose files' : 'Choose a file'),
  uploading: (percent) => `Uploading… ${percent} %`,
  item: ({ state, error, progress, file, serverPending }) => {
    if (state === 'uploading') return `${Math.floor(progress * 100)} % of ${formatSize(file.size)}`;
    if (state === 'done')
      return `${serverPending ? 'Processing' : 'Uploaded'} ${formatSize(file.size)}`;
    return {
      queued: 'Waiting',
      requesting: 'Preparing',
      completing: 'Checking',
      paused: 'Paused',
      cancelled: 'Cancelled',
      error: error?.message ?? 'Failed',
    }[state];
  },
  status: ({ items, active, done, failed }) => {
    if (!items[0]) return '';
    const sum = `${done} of ${items.length} uploaded${failed > 0 ? `, ${failed} failed` : ''}.`;
    return active ? `Uploading. ${sum}` : sum;
  },
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  retry: 'Try again',
  remove: 'Remove',
  action: (word, { file }) => `${word}: ${file.name}`,
};

/** The English words of the dropzone. */
export const DROPZONE_WORDS: Pick<Labels, 'drop' | 'rules'> = {
  drop: (multiple) => (multiple ? 'or drop or paste them here' : 'or drop or paste it here'),
  rules: ({ types, minSize, maxSize, maxFiles }) =>
    [
      types.join(', '),
      minSize ? `at least ${formatSize(minSize)}` : '',
      maxSize === null ? '' : `up to ${formatSize(maxSize)}`,
      maxFiles === null || maxFiles === 1 ? '' : `${maxFiles} files at once`,
    ]
      .filter(Boolean)
      .join(' · '),
};
