'use client';

import { type DragEvent, type ReactElement, useState } from 'react';
import type { Routes } from '../server/route.ts';
import { dress } from './appearance.ts';
import { droppedFiles } from './dropped-files.ts';
import { allowsMany, Picker, takeFiles } from './picker.tsx';
import { Style } from './style.tsx';
import type { RouteName, UploadProps } from './types.ts';
import { UploadList, wordsOf } from './upload-list.tsx';
import { useUpload } from './use-upload.ts';

/** An area that takes files by drop (folders too), by paste and by its button. */
export function UploadDropzone<R extends Routes = Routes, Name extends RouteName<R> = RouteName<R>>(
  props: UploadProps<R, Name>,
): ReactElement {
  const controls = useUpload<R, Name>(props);
  const { className, appearance, labels, disabled, nonce } = props;
  const [over, setOver] = useState(false);
  const words = wordsOf(labels);
  const hint = controls.rules && words.rules(controls.rules);
  const hover = (inside: boolean) => (event: DragEvent) => {
    if (disabled || ![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    setOver(inside || event.currentTarget.contains(event.relatedTarget as Node | null));
  };
  return (
    <div {...dress(appearance, 'root', className)} data-active={controls.active}>
      <Style nonce={nonce} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own look and meaning */}
      <div
        {...dress(appearance, 'dropzone', over ? 'slipway-over' : '')}
        role="group"
        aria-label={words.choose(allowsMany(controls))}
        onDragEnter={hover(true)}
        onDragOver={hover(true)}
        onDragLeave={hover(false)}
        onDrop={(event) => {
          hover(false)(event);
          setOver(false);
          if (!disabled)
            void droppedFiles(event.dataTransfer).then((files) => takeFiles(controls, files));
        }}
        onPaste={(event) => {
          if (!disabled) takeFiles(controls, [...event.clipboardData.files]);
        }}
      >
        <Picker controls={controls} appearance={appearance} labels={labels} disabled={disabled} />
        <span {...dress(appearance, 'hint')}>{words.drop(allowsMany(controls))}</span>
        {hint && <span {...dress(appearance, 'hint')}>{hint}</span>}
      </div>
      <UploadList controls={controls} appearance={appearance} labels={labels} />
    </div>
  );
}
