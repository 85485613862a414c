'use client';

import type { ReactElement } from 'react';
import { breaksRule } from '../client/errors.ts';
import type { UploadItem } from '../client/uploader.ts';
import { dress } from './appearance.ts';
import { ENGLISH, type Labels } from './labels.ts';
import type { PresentationProps, UploadControls } from './types.ts';

/** Props of the parts that show a queue. */
export interface ViewProps extends PresentationProps {
  readonly controls: UploadControls<unknown>;
}

/** The given words over the English ones. */
export function wordsOf(labels: Partial<Labels> | undefined): Labels {
  return { ...ENGLISH, ...labels };
}

/** The files with their progress, errors and actions, and the spoken summary. */
export function UploadList({ controls, appearance, labels }: ViewProps): ReactElement {
  const words = wordsOf(labels);
  return (
    <>
      {controls.items.length > 0 && (
        <ul {...dress(appearance, 'list')}>
          {controls.items.map((item) => (
            <Row
              key={item.key}
              item={item}
              controls={controls}
              appearance={appearance}
              words={words}
            />
          ))}
        </ul>
      )}
      <span role="status" className="slipway-spoken">
        {words.status(controls)}
      </span>
    </>
  );
}

interface RowProps extends ViewProps {
  readonly item: UploadItem;
  readonly words: Labels;
}

function Row({ item, controls, appearance, words }: RowProps): ReactElement {
  const { key, file, state, error, progress } = item;
  const finished = state === 'done' || state === 'error' || state === 'cancelled';
  const mayRetry = state === 'cancelled' || (state === 'error' && !breaksRule(error));
  const action = (label: string, run: (key: string) => void) => (
    <button
      type="button"
      {...dress(appearance, 'action')}
      aria-label={`${label}: ${file.name}`}
      onClick={() => run(key)}
    >
      {label}
    </button>
  );
  return (
    <li {...dress(appearance, 'item')} data-state={state}>
      <span {...dress(appearance, 'name')} title={file.name}>
        {file.name}
      </span>
      <span>
        {mayRetry && action(words.retry, controls.retry)}{' '}
        {finished ? action(words.remove, controls.remove) : action(words.cancel, controls.cancel)}
      </span>
      {!finished && (
        <div
          {...dress(appearance, 'bar')}
          role="progressbar"
          aria-label={file.name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(progress * 100)}
        >
          <i style={{ width: `${progress * 100}%` }} />
        </div>
      )}
      <span
        {...dress(appearance, 'text', state === 'error' ? 'slipway-error' : '')}
        role={state === 'error' ? 'alert' : undefined}
      >
        {words.item(item)}
      </span>
    </li>
  );
}
