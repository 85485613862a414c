'use client';

import { PictureField } from '@repo/ui/account/picture-field';
import { ProfileCard } from '@repo/ui/account/profile-card';
import { Avatar } from '@repo/ui/avatar';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { describeError, type Me, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { usePicture } from './use-picture.ts';

/** How somebody is shown to those they work with. */
export function Profile({ user }: { user: Me['user'] }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() });
  const remove = useMutation(
    trpc.account.removePicture.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.error('Not removed', { description: describeError(error).message }),
    }),
  );
  const picture = usePicture({ route: 'profilePicture', input: {} }, refresh);
  return (
    <ProfileCard
      api={client.account}
      describe={describeError}
      user={user}
      description="Shown to the people you work with. Clients see your name beside what you write."
      onRenamed={refresh}
      picture={
        <PictureField
          label="Picture"
          hint="JPEG, PNG, WebP or AVIF, up to 10 MB. Without one your initials are shown."
          shown={<Avatar name={user.name} src={user.picture} className="size-16 text-xl" />}
          hasPicture={user.picture !== null}
          busy={picture.busy || remove.isPending}
          error={picture.error}
          onChoose={picture.send}
          onRemove={() => remove.mutate()}
        />
      }
    />
  );
}
