'use client';

import { Badge } from '@repo/ui/badge';
import { RelativeTime, TimeLeft } from '@repo/ui/time';
import { useState } from 'react';
import type { ApiKey } from '../../lib/trpc.ts';
import { KeyActions, type KeyWish } from './key-actions.tsx';
import { scopeWords } from './key-words.ts';
import { RenameKeyDialog } from './rename-key.tsx';
import { RevokeKeyDialog } from './revoke-key.tsx';
import { RollKeyDialog } from './roll-key.tsx';

type Props = { projectId: string; keys: readonly ApiKey[] };

export function KeyList({ projectId, keys }: Props) {
  const [wish, setWish] = useState<KeyWish>();
  const dialog = wish && {
    projectId,
    apiKey: wish.apiKey,
    returnFocus: wish.button,
    onClose: () => setWish(undefined),
  };
  return (
    <>
      <ul className="divide-y border-t">
        {keys.map((each) => (
          <KeyRow key={each.id} apiKey={each} onWish={setWish} />
        ))}
      </ul>
      {dialog && wish.what === 'rename' ? <RenameKeyDialog {...dialog} /> : null}
      {dialog && wish.what === 'roll' ? <RollKeyDialog {...dialog} /> : null}
      {dialog && wish.what === 'revoke' ? <RevokeKeyDialog {...dialog} /> : null}
    </>
  );
}

function KeyRow({ apiKey, onWish }: { apiKey: ApiKey; onWish: (wish: KeyWish) => void }) {
  const { name, prefix, last4, environment, scopes } = apiKey;
  return (
    <li className="flex items-start gap-3 px-5 py-4">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="truncate font-medium text-sm">{name}</h3>
          {environment === 'test' ? <Badge tone="warning">Test</Badge> : null}
          <Badge tone={scopes.includes('admin') ? 'info' : 'neutral'}>{scopeWords(scopes)}</Badge>
          <State apiKey={apiKey} />
        </div>
        <code className="mt-1 block truncate font-mono text-[13px] text-muted-foreground">
          {prefix}
          <span aria-hidden="true">••••••••••••</span>
          <span className="sr-only"> hidden, ending in </span>
          {last4}
        </code>
        <p className="mt-1 text-muted-foreground text-xs">
          <Facts apiKey={apiKey} />
        </p>
      </div>
      <KeyActions apiKey={apiKey} onWish={onWish} />
    </li>
  );
}

/** What a mail says as well: a key’s last days. */
const SOON_MS = 7 * 86_400_000;

/** A key that is rolled away, over, or soon over; the others need no mark. */
function State({ apiKey: { rolledTo, expiresAt, isOver } }: { apiKey: ApiKey }) {
  if (isOver) return <Badge tone="danger">Expired</Badge>;
  if (expiresAt === null) return null;
  if (rolledTo === null) {
    if (new Date(expiresAt).getTime() - Date.now() > SOON_MS) return null;
    return <Badge tone="warning">Expires soon</Badge>;
  }
  return (
    <Badge tone="warning">
      <span>
        Rolled: works for <TimeLeft value={expiresAt} />
      </span>
    </Badge>
  );
}

function Facts({
  apiKey: { createdAt, createdByName, lastUsedAt, expiresAt, rolledTo, isOver },
}: {
  apiKey: ApiKey;
}) {
  return (
    <>
      Created <RelativeTime value={createdAt} />
      {createdByName ? ` by ${createdByName}` : ''} ·{' '}
      {lastUsedAt ? (
        <>
          last used <RelativeTime value={lastUsedAt} />
        </>
      ) : (
        'never used'
      )}
      {expiresAt && rolledTo === null && !isOver ? (
        <>
          {' '}
          · expires in <TimeLeft value={expiresAt} />
        </>
      ) : null}
    </>
  );
}
