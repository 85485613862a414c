'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody } from '@repo/ui/card';
import { Skeleton } from '@repo/ui/skeleton';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { ApproveDevice } from './approve-device.tsx';
import { DeviceCodeForm } from './device-code-form.tsx';

type Props = {
  /** From the address that the terminal shows; empty where somebody came by themselves. */
  code: string;
  /** Of whoever is signed in. */
  email: string;
};

/** The page behind `slipway login`: who asks, for what, and yes or no. */
export function DeviceLogin({ code, email }: Props) {
  const trpc = useTRPC();
  const [answer, setAnswer] = useState<'approved' | 'denied' | null>(null);
  const look = useMutation(trpc.deviceLogin.get.mutationOptions());
  const { mutate } = look;
  const asked = useRef(false);
  useEffect(() => {
    if (code === '' || asked.current) return;
    asked.current = true;
    mutate({ userCode: code });
  }, [code, mutate]);
  return (
    <Card className="mx-auto mt-6 w-full max-w-md sm:mt-10">
      <CardBody className="flex flex-col gap-5 pt-6">
        {answer !== null ? (
          <Answered answer={answer} />
        ) : look.data ? (
          <ApproveDevice login={look.data} email={email} onAnswered={setAnswer} />
        ) : look.isPending || (look.isIdle && code !== '') ? (
          <div aria-busy="true" className="flex flex-col gap-4">
            <Skeleton className="h-7 w-3/4" />
            <Skeleton className="h-20" />
            <Skeleton className="h-9" />
            <Skeleton className="h-44" />
            <Skeleton className="h-9" />
          </div>
        ) : (
          <DeviceCodeForm
            code={code}
            error={look.error}
            onCode={(userCode) => mutate({ userCode })}
          />
        )}
      </CardBody>
    </Card>
  );
}

function Answered({ answer }: { answer: 'approved' | 'denied' }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <div>
        <h1 ref={heading} tabIndex={-1} className="font-semibold text-xl outline-none">
          {answer === 'approved' ? 'Your terminal is signed in' : 'The request was denied'}
        </h1>
        <p className="mt-1 text-muted-foreground text-sm">
          {answer === 'approved'
            ? 'It fetches its key within seconds. You can close this page; the key is listed in the project’s tab “Keys”, where you can revoke it.'
            : 'The terminal is told so. If you did not start this, somebody else has tried: no key was made.'}
        </p>
      </div>
      <Button asChild className="self-start">
        <Link href="/dashboard">Your projects</Link>
      </Button>
    </>
  );
}
