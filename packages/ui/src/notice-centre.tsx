'use client';

import { CheckCheck } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';
import { EmptyState } from './empty-state.tsx';
import { Bell } from './icons.tsx';
import { Skeleton } from './skeleton.tsx';
import { RelativeTime } from './time.tsx';

export type NoticeItem = {
  id: string;
  title: string;
  body: string;
  /** The page that shows more. */
  path: string;
  createdAt: Date | string;
  isRead: boolean;
};

export type NoticeCentreProps = {
  /** Undefined while it is not known. */
  unread: number | undefined;
  /** Undefined while they are loaded; asked for when it opens. */
  notices: readonly NoticeItem[] | undefined;
  hasMore: boolean;
  /** Instead of the list, when it did not come. */
  failure?: ReactNode;
  busy?: boolean;
  settingsHref: string;
  onOpenChange: (open: boolean) => void;
  /** Goes to a page without loading everything anew. */
  onVisit: (path: string) => void;
  onRead: (ids: readonly string[]) => void;
  onReadAll: () => void;
  onMore: () => void;
};

const MOST_SHOWN = 99;

/** The bell of the top bar: how many are unread, and behind it what happened, newest first. */
export function NoticeCentre(props: NoticeCentreProps) {
  const { unread = 0, onOpenChange } = props;
  const [open, setOpen] = useState(false);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange(next);
  };
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger asChild>
        <Button
          variant="ghost"
          size="icon"
          aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
          className="relative"
        >
          <Bell />
          {unread > 0 ? (
            <span
              aria-hidden="true"
              className="absolute top-0 right-0 flex h-4 min-w-4 items-center justify-center rounded-full bg-primary px-1 font-semibold text-[10px] text-primary-foreground tabular-nums leading-none"
            >
              {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
            </span>
          ) : null}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Notifications"
          className="z-50 flex max-h-[min(36rem,var(--radix-popover-content-available-height))] w-[min(24rem,calc(100vw-1rem))] animate-fade-in flex-col overflow-hidden rounded-lg border bg-popover text-foreground shadow-popover focus-visible:outline-none"
        >
          <Panel {...props} onClose={() => change(false)} />
        </Popover.Content>
      </Popover.Portal>
      <span role="status" className="sr-only">
        {unread > 0 ? `${unread} unread notifications` : ''}
      </span>
    </Popover.Root>
  );
}

function Panel(props: NoticeCentreProps & { onClose: () => void }) {
  const { unread = 0, notices, failure, settingsHref, onReadAll, onVisit, onClose } = props;
  const visit = (path: string) => (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    onClose();
    onVisit(path);
  };
  return (
    <>
      <div className="flex items-center justify-between gap-3 border-b py-2 pe-2 ps-4">
        <h2 className="font-semibold text-sm">Notifications</h2>
        <Button variant="ghost" size="sm" disabled={unread === 0} onClick={onReadAll}>
          <CheckCheck />
          Mark all as read
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {failure && !notices ? failure : notices ? <List {...props} visit={visit} /> : <Waiting />}
      </div>
      <div className="border-t px-4 py-2 text-xs">
        <a
          href={settingsHref}
          onClick={visit(settingsHref)}
          className="text-link underline-offset-4 hover:underline"
        >
          Choose what you are told
        </a>
      </div>
    </>
  );
}

type ListProps = NoticeCentreProps & { visit: (path: string) => (event: MouseEvent) => void };

function List({ notices = [], hasMore, busy, onRead, onMore, visit }: ListProps) {
  if (notices.length === 0)
    return (
      <EmptyState
        icon={<Bell />}
        title="Nothing yet"
        description="What is finished, failed, or written by clients appears here."
        className="py-10"
      />
    );
  return (
    <>
      <ul className="divide-y" onKeyDown={walk}>
        {notices.map((notice) => (
          <li key={notice.id}>
            <a
              href={notice.path}
              onClick={(event) => {
                if (!notice.isRead) onRead([notice.id]);
                visit(notice.path)(event);
              }}
              className="-outline-offset-2 flex gap-3 px-4 py-3 hover:bg-hover"
            >
              <span
                aria-hidden="true"
                className={cn(
                  'mt-1.5 size-2 shrink-0 rounded-full',
                  notice.isRead ? 'bg-transparent' : 'bg-primary',
                )}
              />
              <span className="min-w-0 flex-1">
                {notice.isRead ? null : <span className="sr-only">Unread: </span>}
                <span
                  className={cn(
                    'block text-pretty text-sm [overflow-wrap:anywhere]',
                    notice.isRead ? '' : 'font-medium',
                  )}
                >
                  {notice.title}
                </span>
                <span className="mt-0.5 line-clamp-2 text-muted-foreground text-sm [overflow-wrap:anywhere]">
                  {notice.body}
                </span>
                <RelativeTime
                  value={notice.createdAt}
                  className="mt-1 block text-muted-foreground text-xs"
                />
              </span>
            </a>
          </li>
        ))}
      </ul>
      {hasMore ? (
        <div className="flex justify-center border-t p-2">
          <Button variant="ghost" size="sm" busy={busy ?? false} onClick={onMore}>
            Older ones
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Arrow keys walk the list, as in a menu. */
function walk(event: KeyboardEvent<HTMLUListElement>) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const here = links.findIndex((link) => link.matches(':focus'));
  links[here + by]?.focus();
  event.preventDefault();
}

function Waiting() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-4">
      {[1, 2, 3].map((row) => (
        <div key={row} className="flex flex-col gap-2">
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-3 w-20" />
        </div>
      ))}
    </div>
  );
}
