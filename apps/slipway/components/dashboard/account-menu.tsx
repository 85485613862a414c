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
import { Bell, BookOpen, LogOut, Mails, ShieldCheck } from 'lucide-react';
import Link from 'next/link';
import { useTRPC } from '../../lib/trpc.ts';
import { leave } from '../palette/everywhere.tsx';

export function AccountMenu({ name, email }: { name: string; email: string }) {
  const trpc = useTRPC();
  const me = useQuery(trpc.session.me.queryOptions());
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Account: ${name}`}
          className="rounded-full"
        >
          <Avatar name={name} className="size-7" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-56">
        <div className="px-2 py-1.5">
          <p className="truncate font-medium text-sm">{name}</p>
          <p className="truncate text-muted-foreground text-xs">{email}</p>
        </div>
        <DropdownMenuSeparator />
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
