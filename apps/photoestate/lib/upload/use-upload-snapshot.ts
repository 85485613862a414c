'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type { PhotoIntake, PhotoUploader, PhotoUploads } from './upload-desk.ts';

/** A card's worth reports its progress a hundred times a second; eyes want it a few times. */
const lookEvery = 150;

export function useUploadSnapshot(uploader: PhotoUploader): PhotoUploads {
  const subscribe = useCallback(
    (listener: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const leave = uploader.subscribe(() => {
        timer ??= setTimeout(() => {
          timer = undefined;
          listener();
        }, lookEvery);
      });
      return () => {
        clearTimeout(timer);
        leave();
      };
    },
    [uploader],
  );
  return useSyncExternalStore(subscribe, uploader.getSnapshot, uploader.getSnapshot);
}

export function useIntake(intake: PhotoIntake) {
  return useSyncExternalStore(intake.subscribe, intake.getSnapshot, intake.getSnapshot);
}
