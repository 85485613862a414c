'use client';

import { Avatar } from '@repo/ui/avatar';
import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { ThemeMenuItems } from '@repo/ui/theme';
import { useQuery } from '@tanstack/react-query';
import {
  Building2,
  Coins,
  House,
  Images,
  Keyboard,
  LogOut,
  MonitorDown,
  ShieldCheck,
  UserRound,
} from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';
import { useInstall } from '../offline/use-install.ts';
import { useShortcutSheet } from '../shortcuts/shortcuts.tsx';
import { useSignOut } from './sign-out.tsx';

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
  const leave = useSignOut();
  const install = useInstall();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Account: ${name}`}
          className="rounded-full"
        >
          <Avatar name={name} src={me.data?.user.picture} className="size-7" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-56">
        <div className="px-2 py-1.5">
          <p className="truncate font-medium text-sm">{name}</p>
          <p className="truncate text-muted-foreground text-xs">{email}</p>
        </div>
        <DropdownMenuSeparator />
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
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <ThemeMenuItems />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={leave}>
          <LogOut />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
