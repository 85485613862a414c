'use client';

import type { ReactElement } from 'react';
import type { Routes } from '../server/route.ts';
import { dress } from './appearance.ts';
import { Picker } from './picker.tsx';
import { Style } from './style.tsx';
import type { RouteName, UploadProps } from './types.ts';
import { UploadList } from './upload-list.tsx';
import { useUpload } from './use-upload.ts';

/** A button that uploads what is chosen and shows how it goes. */
export function UploadButton<R extends Routes = Routes, Name extends RouteName<R> = RouteName<R>>(
  props: UploadProps<R, Name>,
): ReactElement {
  const controls = useUpload<R, Name>(props);
  const { className, appearance, labels, disabled, nonce } = props;
  return (
    <div {...dress(appearance, 'root', className)} data-active={controls.active}>
      <Style nonce={nonce} />
      <Picker controls={controls} appearance={appearance} labels={labels} disabled={disabled} />
      <UploadList controls={controls} appearance={appearance} labels={labels} />
    </div>
  );
}
