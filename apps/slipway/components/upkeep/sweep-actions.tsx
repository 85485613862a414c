'use client';

import { EmptyState } from '@repo/ui/empty-state';
import { formatBytes } from '@repo/ui/format';
import { StatusChip } from '@repo/ui/status-chip';
import {
  Table,
  TableBody,
  TableCell,
  TableFrame,
  TableHead,
  TableHeaderCell,
  TableRow,
} from '@repo/ui/table';
import { RelativeTime } from '@repo/ui/time';
import { Sparkles } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { Upkeep } from '../../lib/trpc.ts';

type Action = Upkeep['actions'][number];
type Tone = Extract<ComponentProps<typeof StatusChip>, { tone: unknown }>['tone'];

const kinds: Readonly<Record<Action['action'], { label: string; tone: Tone; meaning: string }>> = {
  completed: { label: 'Completed', tone: 'success', meaning: 'Its client never said it was done' },
  rejected: { label: 'Rejected', tone: 'danger', meaning: 'Its bytes are not what was announced' },
  expired: { label: 'Expired', tone: 'warning', meaning: 'Its bytes never came' },
  aborted_multipart: {
    label: 'Aborted',
    tone: 'warning',
    meaning: 'Parts of an upload that no file knows of',
  },
  removed_object: { label: 'Removed', tone: 'warning', meaning: 'An object without a file' },
  damaged_object: {
    label: 'Damaged',
    tone: 'danger',
    meaning: 'Its bytes changed on the disk; they are kept, not served',
  },
  lost_object: { label: 'Lost', tone: 'danger', meaning: 'The storage lost its object' },
};

/** What the sweeper did by itself, newest first. */
export function SweepActions({ actions }: { actions: readonly Action[] }) {
  if (actions.length === 0) {
    return (
      <div className="rounded-lg border border-border-strong border-dashed">
        <EmptyState
          icon={<Sparkles />}
          title="Nothing had to be put in order"
          description="Uploads that nobody finished, objects without a file and files without an object show up here, with what was done about them."
        />
      </div>
    );
  }
  return (
    <TableFrame>
      <Table className="table-fixed">
        <TableHead>
          <TableRow>
            <TableHeaderCell className="w-32">What</TableHeaderCell>
            <TableHeaderCell>Which</TableHeaderCell>
            <TableHeaderCell numeric className="w-28 max-md:hidden">
              Size
            </TableHeaderCell>
            <TableHeaderCell numeric className="w-36 max-sm:hidden">
              When
            </TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {actions.map((action) => (
            <ActionRow key={action.id} action={action} />
          ))}
        </TableBody>
      </Table>
    </TableFrame>
  );
}

function ActionRow({ action }: { action: Action }) {
  const { label, tone, meaning } = kinds[action.action];
  const name = action.fileName ?? action.key ?? '';
  return (
    <TableRow>
      <TableCell>
        <StatusChip tone={tone} label={label} />
      </TableCell>
      <TableCell>
        <p className="truncate font-medium" title={name}>
          {name}
        </p>
        <p className="text-muted-foreground text-xs">
          {meaning}
          <span className="sm:hidden">
            {' · '}
            <RelativeTime value={action.at} />
          </span>
        </p>
      </TableCell>
      <TableCell numeric className="max-md:hidden">
        {action.bytes === null ? '–' : formatBytes(action.bytes)}
      </TableCell>
      <TableCell numeric className="text-muted-foreground max-sm:hidden">
        <RelativeTime value={action.at} />
      </TableCell>
    </TableRow>
  );
}
