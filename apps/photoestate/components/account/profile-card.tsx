'use client';

import { NameForm } from '@repo/ui/account/name-form';
import { PictureField } from '@repo/ui/account/picture-field';
import { Avatar } from '@repo/ui/avatar';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import Link from 'next/link';
import { describeError, type Me, useTRPC } from '../../lib/trpc.ts';
import { useSignOut } from '../studio/sign-out.tsx';
import { usePicture } from './use-picture.ts';

/** How somebody is shown to those they work with. */
export function ProfileCard({ user }: { user: Me['user'] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.session.me.queryKey() });
  const rename = useMutation(
    trpc.account.rename.mutationOptions({
      onSuccess: async () => {
        toast.success('Name changed');
        await refresh();
      },
    }),
  );
  const remove = useMutation(
    trpc.account.removePicture.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.error('Not removed', { description: describeError(error).message }),
    }),
  );
  const leave = useSignOut();
  const picture = usePicture({ route: 'profilePicture', input: {} }, refresh);
  return (
    <Card aria-labelledby="profile-title">
      <CardHeader
        titleId="profile-title"
        title="Profile"
        description="Shown to the people you work with. Clients see your name beside what you write."
      />
      <CardBody className="flex flex-col gap-6">
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
        <NameForm
          name={user.name}
          autoComplete="name"
          busy={rename.isPending}
          error={rename.error ? describeError(rename.error).message : undefined}
          onSave={(name) =>
            rename.mutateAsync({ name }).then(
              () => true,
              () => false,
            )
          }
        />
        <div className="text-sm">
          <p className="font-medium">E-mail</p>
          <p className="mt-1 text-muted-foreground [overflow-wrap:anywhere]">{user.email}</p>
        </div>
      </CardBody>
      <CardFooter>
        <Link href="/forgot-password" className="text-link underline-offset-4 hover:underline">
          Change password
        </Link>
        <Button onClick={leave}>
          <LogOut />
          Sign out
        </Button>
      </CardFooter>
    </Card>
  );
}
