'use client';

import { AccountMenu as Menu } from '@repo/ui/account-menu';
import { DropdownMenuItem } from '@repo/ui/dropdown-menu';
import { useQuery } from '@tanstack/react-query';
import { Bell, BookOpen, Mails, ShieldCheck, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';

export function AccountMenu({ name, email }: { name: string; email: string }) {
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  return (
    // Name and picture are theirs to change meanwhile.
    <Menu name={me.data?.user.name ?? name} email={email} picture={me.data?.user.picture}>
      <DropdownMenuItem asChild>
        <Link href="/account">
          <UserRound />
          Account
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem asChild>
        <Link href="/settings/notifications">
          <Bell />
          Notifications
        </Link>
      </DropdownMenuItem>
      {me.data?.isInstallationAdmin ? (
        <>
          <DropdownMenuItem asChild>
            <Link href="/admin">
              <ShieldCheck />
              Administration
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href="/outbox">
              <Mails />
              Outbox
            </Link>
          </DropdownMenuItem>
        </>
      ) : null}
      <DropdownMenuItem asChild>
        <Link href="/docs">
          <BookOpen />
          Documentation
        </Link>
      </DropdownMenuItem>
    </Menu>
  );
}
