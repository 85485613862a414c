'use client';

import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { RUNNING } from '../client/uploader.ts';
import type { Routes } from '../server/route.ts';
import type { UploadRules } from '../shared/types.ts';
import { filesOf } from '../ui/dropped-files.ts';
import { WORDS } from '../ui/labels.ts';
import { dress } from './appearance.ts';
import { Style } from './style.tsx';
import type { RouteName, UploadProps } from './types.ts';
import { UploadList } from './upload-list.tsx';
import { useUpload } from './use-upload.ts';

/** The events that bring files, as React and the document deliver them. */
interface Arrival {
  readonly type: string;
  readonly defaultPrevented: boolean;
  readonly currentTarget: EventTarget | null;
  readonly relatedTarget?: EventTarget | null;
  readonly dataTransfer?: DataTransfer | null;
  readonly clipboardData?: DataTransfer | null;
  preventDefault(): void;
}

/** What a frame around the button can show. */
interface Framed {
  readonly button: ReactNode;
  readonly title: string;
  readonly many: boolean;
  readonly rules: UploadRules | null;
}

/** The button, the drop and paste target around it, and the list below; `frame` is put around the button. */
export function useUploadArea<R extends Routes, Name extends RouteName<R>>(
  props: UploadProps<R, Name>,
  frame?: (parts: Framed) => ReactNode,
): ReactElement {
  const { className, appearance, labels, disabled, nonce, pasteAnywhere, lang, dir } = props;
  const controls = useUpload<R, Name>(props);
  const { rules, items, progress } = controls;
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const many = rules !== null && rules.maxFiles !== 1;
  const words = { ...WORDS, ...labels };
  const title = words.choose(many);
  /** Makes room first: what is done leaves, and a single file replaces the one before. */
  const take = (files: readonly File[]) => {
    if (disabled || !files[0]) return;
    if (many || controls.active) controls.remove();
    else for (const { key } of items) controls.remove(key);
    controls.add(files);
  };
  const arrive = (event: Arrival) => {
    const { type, relatedTarget } = event;
    const data = event.dataTransfer ?? event.clipboardData;
    if (disabled || event.defaultPrevented || !data?.types.includes('Files')) return;
    event.preventDefault();
    const here = type === 'drop' || type === 'paste';
    if (here) void filesOf(data).then(take);
    const within = (event.currentTarget as Node).contains(relatedTarget as Node | null);
    setOver(!here && (type !== 'dragleave' || within));
  };
  useEffect(() => {
    if (!pasteAnywhere) return;
    document.addEventListener('paste', arrive);
    return () => document.removeEventListener('paste', arrive);
  });
  const button = (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple={many}
        accept={rules?.types.join(',') || undefined}
        disabled={disabled}
        onChange={({ target }) => {
          take([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <button
        type="button"
        {...dress(appearance, 'button')}
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        {items.some(({ state }) => RUNNING.includes(state))
          ? words.uploading(Math.floor(progress * 100))
          : title}
      </button>
    </>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping and pasting are extras; the button does it all
    <div
      {...dress(appearance, 'root', className)}
      lang={lang}
      dir={dir}
      data-active={controls.active}
      data-over={over}
      onDragEnter={arrive}
      onDragOver={arrive}
      onDragLeave={arrive}
      onDrop={arrive}
      onPaste={arrive}
    >
      <Style nonce={nonce} />
      {frame ? frame({ button, title, many, rules }) : button}
      <UploadList controls={controls} appearance={appearance} words={words} />
    </div>
  );
}
