'use client';

import { useState } from 'react';
import { Alert } from '../alert.tsx';
import { sendVerification } from '../auth/auth-client.ts';
import { Button } from '../button.tsx';
import { toast } from '../toaster.tsx';

type Props = {
  email: string;
  emailVerified: boolean;
  /** Whether mails leave this server at all. */
  isMailed: boolean;
  /** The page that whoever confirms their address comes to. */
  confirmedPath: string;
};

/** Why nothing is mailed, where that is so, and what to do. */
export function AddressNotice({ email, emailVerified, isMailed, confirmedPath }: Props) {
  const [busy, setBusy] = useState(false);
  if (!isMailed) {
    return (
      <Alert tone="info">
        This server has no mail server set up: mails are kept, and its admin can read them on the
        outbox page.
      </Alert>
    );
  }
  if (emailVerified) return null;
  const send = async () => {
    setBusy(true);
    const result = await sendVerification({ email, callbackURL: confirmedPath });
    setBusy(false);
    if (result.ok) toast.success('The link is on its way', { description: email });
    else toast.error('Not sent', { description: result.message });
  };
  return (
    <Alert tone="warning">
      <span className="flex flex-wrap items-center justify-between gap-3">
        <span className="min-w-0 [overflow-wrap:anywhere]">
          Nothing is mailed until you confirm that {email} is yours.
        </span>
        <Button onClick={() => void send()} busy={busy}>
          Send the link again
        </Button>
      </span>
    </Alert>
  );
}
