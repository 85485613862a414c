'use client';

import { signOut } from '@repo/ui/auth-client';
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
import { toast } from '@repo/ui/toaster';
import { useQuery } from '@tanstack/react-query';
import { Building2, Images, Keyboard, LogOut, ShieldCheck, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';
import { useShortcutSheet } from '../shortcuts/shortcuts.tsx';

export async function leave() {
  const result = await signOut();
  if (result.ok) window.location.assign('/');
  else toast.error('You are still signed in', { description: result.message });
}

export function AccountMenu({ name, email }: { name: string; email: string }) {
  const openSheet = useShortcutSheet();
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  const home = me.data?.organizations.find(({ permissions }) =>
    permissions.includes('organization.manage'),
  );
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
          <Link href="/delivered">
            <Images />
            Delivered to you
          </Link>
        </DropdownMenuItem>
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
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <ThemeMenuItems />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void leave()}>
          <LogOut />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
