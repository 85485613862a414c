import { useState } from 'react';
import { sendPicture } from '../../lib/upload/send-picture.ts';

type Wish = Parameters<typeof sendPicture>[1];

/** Sending a picture, with what a person is told of it. */
export function usePicture(wish: Wish, onTaken: () => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const send = async (file: File) => {
    setBusy(true);
    setError(undefined);
    try {
      await sendPicture(file, wish);
      await onTaken();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'The picture could not be sent.');
    }
    setBusy(false);
  };
  return { busy, error, send: (file: File) => void send(file) };
}
