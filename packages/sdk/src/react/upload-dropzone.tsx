'use client';

import type { ReactElement } from 'react';
import type { Routes } from '../server/route.ts';
import { DROPZONE_CSS } from '../ui/dropzone-css.ts';
import { DROPZONE_WORDS } from '../ui/labels.ts';
import { dress } from './appearance.ts';
import { Style } from './style.tsx';
import type { RouteName, UploadProps } from './types.ts';
import { useUploadArea } from './use-upload-area.tsx';

/** An area that takes files by drop (folders too), by paste and by its button. */
export function UploadDropzone<R extends Routes = Routes, Name extends RouteName<R> = RouteName<R>>(
  props: UploadProps<R, Name>,
): ReactElement {
  const { appearance, labels, nonce } = props;
  const words = { ...DROPZONE_WORDS, ...labels };
  return useUploadArea<R, Name>(props, ({ button, title, many, rules }) => (
    <>
      <Style nonce={nonce} name="slipway-dropzone" css={DROPZONE_CSS} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own look and meaning */}
      <div {...dress(appearance, 'dropzone')} role="group" aria-label={title}>
        {button}
        <span {...dress(appearance, 'hint')}>{words.drop(many)}</span>
        {rules && <span {...dress(appearance, 'hint')}>{words.rules(rules)}</span>}
      </div>
    </>
  ));
}
