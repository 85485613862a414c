'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Avatar } from '../avatar.tsx';
import { CropDialog } from '../crop/crop-dialog.tsx';
import { type Chosen, openPicture, PICTURE_TYPES } from '../crop/cut-out.ts';
import { messageOf } from '../members/acts.ts';
import { toast } from '../toaster.tsx';
import type { AccountApi, Describe } from './api.ts';
import { PictureField } from './picture-field.tsx';
import { usePicture } from './use-picture.ts';

type Props = {
  api: Pick<AccountApi, 'removePicture'>;
  describe: Describe;
  user: { name: string; picture: string | null };
  /** Takes a small square picture; fails with a sentence to show. */
  send: (picture: File) => Promise<unknown>;
  onChanged: () => Promise<unknown>;
};

/** Somebody's picture: chosen, cut to a square, sent, replaced and removed. */
export function ProfilePicture({ api, describe, user, send, onChanged }: Props) {
  const [chosen, setChosen] = useState<Chosen>();
  const [problem, setProblem] = useState<string>();
  const { busy, error, offer } = usePicture(send);
  const remove = useMutation({
    mutationFn: () => api.removePicture.mutate(),
    onSuccess: onChanged,
    onError: (failure) => toast.error('Not removed', { description: describe(failure).message }),
  });
  const choose = (file: File) => {
    setProblem(undefined);
    openPicture(file).then(setChosen, (failure: unknown) => setProblem(messageOf(failure)));
  };
  const close = () => {
    chosen?.close();
    setChosen(undefined);
  };
  const save = async (picture: File) => {
    if (!(await offer(picture))) return;
    await onChanged();
    close();
  };
  return (
    <>
      <PictureField
        label="Picture"
        hint="JPEG, PNG, WebP, AVIF or GIF, up to 20 MB. Without one your initials are shown."
        accept={PICTURE_TYPES.join(',')}
        shown={<Avatar name={user.name} src={user.picture} className="size-16 text-xl" />}
        hasPicture={user.picture !== null}
        busy={busy || remove.isPending}
        error={problem}
        onChoose={choose}
        onRemove={() => remove.mutate()}
      />
      {chosen ? (
        <CropDialog
          chosen={chosen}
          busy={busy}
          error={error}
          onCut={(picture) => void save(picture)}
          onClose={close}
        />
      ) : null}
    </>
  );
}
