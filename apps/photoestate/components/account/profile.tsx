'use client';

import { ProfileCard } from '@repo/ui/account/profile-card';
import { ProfilePicture } from '@repo/ui/account/profile-picture';
import { useQueryClient } from '@tanstack/react-query';
import { describeError, type Me, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { sendPicture } from '../../lib/upload/send-picture.ts';

/** How somebody is shown to those they work with. */
export function Profile({ user }: { user: Me['user'] }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() });
  return (
    <ProfileCard
      api={client.account}
      describe={describeError}
      user={user}
      description="Shown to the people you work with. Clients see your name beside what you write."
      onRenamed={refresh}
      picture={
        <ProfilePicture
          api={client.account}
          describe={describeError}
          user={user}
          send={(picture) => sendPicture(picture, { route: 'profilePicture', input: {} })}
          onChanged={refresh}
        />
      }
    />
  );
}
