'use client';

import { type ReactElement, useRef } from 'react';
import { dress } from './appearance.ts';
import type { UploadControls } from './types.ts';
import { type ViewProps, wordsOf } from './upload-list.tsx';

/** Whether a selection may hold several files. */
export function allowsMany({ rules }: UploadControls<unknown>): boolean {
  return rules !== null && rules.maxFiles !== 1;
}

/** Adds files, making room first: what is done leaves, and a single file replaces the one before. */
export function takeFiles(controls: UploadControls<unknown>, files: Iterable<File>): void {
  const list = [...files];
  if (list.length === 0) return;
  if (allowsMany(controls)) controls.remove();
  else if (!controls.active) for (const { key } of controls.items) controls.remove(key);
  controls.add(list);
}

/** A real button that opens the file dialog of a hidden input. */
export function Picker({ controls, appearance, labels, disabled }: ViewProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const words = wordsOf(labels);
  const many = allowsMany(controls);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple={many}
        accept={controls.rules?.types.join(',') || undefined}
        disabled={disabled}
        onChange={({ target }) => {
          takeFiles(controls, [...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <button
        type="button"
        {...dress(appearance, 'button')}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {controls.active
          ? words.uploading(Math.floor(controls.progress * 100))
          : words.choose(many)}
      </button>
    </>
  );
}
