'use client';

import { AccountMenu as Menu } from '@repo/ui/account-menu';
import { DropdownMenuItem } from '@repo/ui/dropdown-menu';
import { useQuery } from '@tanstack/react-query';
import {
  BookOpen,
  Building2,
  Coins,
  House,
  Images,
  Keyboard,
  MonitorDown,
  ShieldCheck,
  UserRound,
} from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';
import { useInstall } from '../offline/use-install.ts';
import { useShortcutSheet } from '../shortcuts/shortcuts.tsx';

export function AccountMenu({ name, email }: { name: string; email: string }) {
  const openSheet = useShortcutSheet();
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  const home = me.data?.organizations.find(({ permissions }) =>
    permissions.includes('organization.manage'),
  );
  const spends = me.data?.organizations.some(({ permissions }) =>
    permissions.includes('credit.read'),
  );
  const install = useInstall();
  return (
    <Menu name={me.data?.user.name ?? name} email={email} picture={me.data?.user.picture}>
      <DropdownMenuItem asChild>
        <Link href="/account">
          <UserRound />
          Account
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem asChild>
        <Link href="/listings">
          <House />
          Listings
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem asChild>
        <Link href="/delivered">
          <Images />
          Delivered to you
        </Link>
      </DropdownMenuItem>
      {spends ? (
        <DropdownMenuItem asChild>
          <Link href="/credits">
            <Coins />
            Credits
          </Link>
        </DropdownMenuItem>
      ) : null}
      {home ? (
        <DropdownMenuItem asChild>
          <Link href={`/organizations/${home.id}/settings`}>
            <Building2 />
            Organization
          </Link>
        </DropdownMenuItem>
      ) : null}
      {home ? (
        <DropdownMenuItem asChild>
          <a href="/docs/api">
            <BookOpen />
            API reference
          </a>
        </DropdownMenuItem>
      ) : null}
      {me.data?.isInstallationAdmin ? (
        <DropdownMenuItem asChild>
          <Link href="/admin/credits">
            <ShieldCheck />
            Administration
          </Link>
        </DropdownMenuItem>
      ) : null}
      <DropdownMenuItem onSelect={openSheet}>
        <Keyboard />
        Keyboard shortcuts
      </DropdownMenuItem>
      {install ? (
        <DropdownMenuItem onSelect={install}>
          <MonitorDown />
          Install as an app
        </DropdownMenuItem>
      ) : null}
    </Menu>
  );
}
