import { useState } from 'react';

/** Sending a picture, with what a person is told of it. `send` fails with a sentence to show. */
export function usePicture(send: (picture: File) => Promise<unknown>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  /** Whether it was taken. */
  const offer = async (picture: File): Promise<boolean> => {
    setBusy(true);
    setError(undefined);
    try {
      await send(picture);
      return true;
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'The picture could not be sent.');
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, offer };
}
