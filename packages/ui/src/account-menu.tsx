'use client';

import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSignOut } from './auth/sign-out.tsx';
import { Avatar } from './avatar.tsx';
import { Button } from './button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from './dropdown-menu.tsx';
import { ThemeMenuItems } from './theme.tsx';

export type AccountMenuProps = {
  name: string;
  email: string;
  /** Where their picture is; without one their initials are shown. */
  picture?: string | null | undefined;
  /** Ways to go: menu items. */
  children: ReactNode;
};

/** Who is signed in, where they may go from everywhere, the theme, and the way out. */
export function AccountMenu({ name, email, picture, children }: AccountMenuProps) {
  const leave = useSignOut();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon"
          aria-label={`Account: ${name}`}
          className="rounded-full"
        >
          <Avatar name={name} src={picture} className="size-7" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-56">
        <div className="px-2 py-1.5">
          <p className="truncate font-medium text-sm">{name}</p>
          <p className="truncate text-muted-foreground text-xs">{email}</p>
        </div>
        <DropdownMenuSeparator />
        {children}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <ThemeMenuItems />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => leave()}>
          <LogOut />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
