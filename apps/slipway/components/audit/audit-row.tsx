'use client';

import { CopyButton } from '@repo/ui/copy-button';
import { DateTime, RelativeTime } from '@repo/ui/time';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AuditEntry } from '../../lib/trpc.ts';
import { actionWords, valueWords } from './audit-words.ts';

type Props = { entry: AuditEntry; isOpen: boolean; url: string };

/** One line, and all that is known of it when it is opened. */
export function AuditRow({ entry, isOpen, url }: Props) {
  return (
    <li>
      <details className="group" open={isOpen}>
        <summary className="flex min-h-14 cursor-pointer list-none items-center gap-3 px-4 py-2 hover:bg-muted/60 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
          />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium text-sm">{actionWords(entry.action)}</span>
            <span className="block truncate text-muted-foreground text-xs">
              {actorWords(entry)}
            </span>
          </span>
          <code className="hidden w-72 shrink-0 truncate font-mono text-muted-foreground text-xs md:block">
            {entry.entityId}
          </code>
          <RelativeTime
            value={entry.at}
            className="w-24 shrink-0 text-right text-muted-foreground text-xs"
          />
        </summary>
        <Details entry={entry} url={url} />
      </details>
    </li>
  );
}

function actorWords({ actor: { type, id, name, email } }: AuditEntry): string {
  if (type === 'user') return [name ?? id ?? 'Somebody', email].filter(Boolean).join(' · ');
  if (type === 'api_key') return `Key “${name ?? id}”`;
  return type === 'system' ? `Slipway (${id})` : 'Nobody signed in';
}

function Details({ entry, url }: { entry: AuditEntry; url: string }) {
  const { changes, facts, at, ip, requestId, entityId } = entry;
  return (
    <div className="flex flex-col gap-4 border-t bg-muted/40 px-4 py-4 sm:pl-11">
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        <Fact name="When">
          <DateTime value={at} />
        </Fact>
        <Fact name="What">
          <code className="font-mono">{entityId}</code>
        </Fact>
        <Fact name="From address">{ip ?? 'not known'}</Fact>
        {Object.entries(facts).map(([name, value]) => (
          <Fact key={name} name={name}>
            <code className="font-mono">{valueWords(value)}</code>
          </Fact>
        ))}
        <Fact name="Request">
          <code className="font-mono">{requestId}</code>
        </Fact>
      </dl>
      <CopyButton
        value={url}
        label="Copy link to this entry"
        size="sm"
        variant="secondary"
        className="self-start"
      >
        Copy link
      </CopyButton>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function Changes({ changes }: { changes: AuditEntry['changes'] }) {
  return (
    <table className="w-full table-fixed text-left text-xs">
      <thead className="text-muted-foreground">
        <tr>
          <th scope="col" className="w-1/4 py-1 pr-3 font-medium">
            Field
          </th>
          <th scope="col" className="py-1 pr-3 font-medium">
            Before
          </th>
          <th scope="col" className="py-1 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody className="font-mono">
        {changes.map(({ field, before, after }) => (
          <tr key={field} className="align-top [overflow-wrap:anywhere]">
            <th scope="row" className="py-1 pr-3 font-medium">
              {field}
            </th>
            <td className="py-1 pr-3 text-danger">{valueWords(before)}</td>
            <td className="py-1 text-success">{valueWords(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
