'use client';

import type { ReactElement } from 'react';
import type { Routes } from '../server/route.ts';
import { dress } from './appearance.ts';
import { DROPZONE_WORDS } from './labels.ts';
import { Style } from './style.tsx';
import type { RouteName, UploadProps } from './types.ts';
import { useUploadArea } from './use-upload-area.tsx';

const CSS = `:where(.slipway-dropzone){justify-self:stretch;display:grid;gap:8px;justify-items:center;padding:32px 16px;border:1px dashed var(--_l);border-radius:var(--_r);background:var(--slipway-surface,color-mix(in srgb,currentColor 4%,transparent));text-align:center}
:where([data-over=true] .slipway-dropzone){border-color:var(--_a);background:color-mix(in srgb,var(--_a) 10%,transparent)}
:where(.slipway-hint){color:var(--_m);font-size:12px;line-height:16px}`;

/** An area that takes files by drop (folders too), by paste and by its button. */
export function UploadDropzone<R extends Routes = Routes, Name extends RouteName<R> = RouteName<R>>(
  props: UploadProps<R, Name>,
): ReactElement {
  const { appearance, labels, nonce } = props;
  const words = { ...DROPZONE_WORDS, ...labels };
  return useUploadArea<R, Name>(props, ({ button, title, many, rules }) => (
    <>
      <Style nonce={nonce} name="slipway-dropzone" css={CSS} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own look and meaning */}
      <div {...dress(appearance, 'dropzone')} role="group" aria-label={title}>
        {button}
        <span {...dress(appearance, 'hint')}>{words.drop(many)}</span>
        {rules && <span {...dress(appearance, 'hint')}>{words.rules(rules)}</span>}
      </div>
    </>
  ));
}
