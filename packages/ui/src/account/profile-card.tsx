'use client';

import { useMutation } from '@tanstack/react-query';
import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSignOut } from '../auth/sign-out.tsx';
import { Button } from '../button.tsx';
import { Card, CardBody, CardFooter, CardHeader } from '../card.tsx';
import { toast } from '../toaster.tsx';
import type { AccountApi, Describe } from './api.ts';
import { NameForm } from './name-form.tsx';

type Props = {
  api: Pick<AccountApi, 'rename'>;
  describe: Describe;
  user: { name: string; email: string };
  /** Who sees it. */
  description: string;
  /** The field of their picture, where they have one. */
  picture?: ReactNode;
  onRenamed: () => Promise<unknown>;
};

/** How somebody is shown to those they work with. */
export function ProfileCard({ api, describe, user, description, picture, onRenamed }: Props) {
  const leave = useSignOut();
  const rename = useMutation({
    mutationFn: (name: string) => api.rename.mutate({ name }),
    onSuccess: async () => {
      toast.success('Name changed');
      await onRenamed();
    },
  });
  return (
    <Card aria-labelledby="profile-title">
      <CardHeader titleId="profile-title" title="Profile" description={description} />
      <CardBody className="flex flex-col gap-6">
        {picture}
        <NameForm
          draft={user.email}
          name={user.name}
          autoComplete="name"
          busy={rename.isPending}
          error={rename.error ? describe(rename.error).message : undefined}
          onSave={(name) =>
            rename.mutateAsync(name).then(
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
        <a href="/forgot-password" className="text-link underline-offset-4 hover:underline">
          Change password
        </a>
        <Button onClick={() => leave()}>
          <LogOut />
          Sign out
        </Button>
      </CardFooter>
    </Card>
  );
}
