'use client';

import type { ReactElement } from 'react';
import { breaksRule } from '../client/errors.ts';
import { HOLDABLE, UNFINISHED, type UploadItem } from '../client/uploader.ts';
import type { WORDS } from '../ui/labels.ts';
import { type Appearance, dress } from './appearance.ts';
import type { UploadControls } from './types.ts';

interface ListProps {
  readonly controls: UploadControls<unknown>;
  readonly appearance: Appearance | undefined;
  readonly words: typeof WORDS;
}

/** The files with their progress, errors and actions, and the spoken summary. */
export function UploadList(props: ListProps): ReactElement {
  const { controls, appearance, words } = props;
  return (
    <>
      {controls.items[0] && (
        <ul {...dress(appearance, 'list')}>
          {controls.items.map((item) => (
            <Row key={item.key} item={item} {...props} />
          ))}
        </ul>
      )}
      <span role="status" className="slipway-spoken">
        {words.status(controls)}
      </span>
    </>
  );
}

function Row({
  item,
  controls,
  appearance,
  words,
}: ListProps & { readonly item: UploadItem }): ReactElement {
  const { key, file, state, error, progress } = item;
  const isError = state === 'error';
  const isOpen = UNFINISHED.includes(state);
  const mayRetry = state === 'cancelled' || (isError && !breaksRule(error));
  const button = (action: 'pause' | 'resume' | 'cancel' | 'retry' | 'remove') => (
    <button
      type="button"
      {...dress(appearance, 'action')}
      aria-label={words.action(words[action], item)}
      onClick={() => controls[action](key)}
    >
      {words[action]}
    </button>
  );
  return (
    <li {...dress(appearance, 'item')} data-state={state}>
      <span {...dress(appearance, 'name')} dir="auto" title={file.name}>
        {file.name}
      </span>
      <span>
        {/* One place for what starts and stops, so that the focus stays when it changes. */}
        {HOLDABLE.includes(state)
          ? button('pause')
          : state === 'paused'
            ? button('resume')
            : mayRetry && button('retry')}{' '}
        {button(isOpen ? 'cancel' : 'remove')}
      </span>
      {isOpen && <progress {...dress(appearance, 'bar')} aria-label={file.name} value={progress} />}
      <span
        {...dress(appearance, 'text', isError ? 'slipway-error' : '')}
        role={isError ? 'alert' : undefined}
      >
        {words.item(item)}
      </span>
    </li>
  );
}
