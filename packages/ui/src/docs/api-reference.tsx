'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ErrorState } from '../error-state.tsx';
import { Skeleton } from '../skeleton.tsx';
import { referenceConfiguration } from './reference-configuration.ts';

type Instance = { destroy: () => void; updateConfiguration: (configuration: object) => void };
type Scalar = { createApiReference: (element: Element, configuration: object) => Instance };

/** Served by this app, from the installed package; nothing comes from elsewhere. */
const scriptUrl = '/docs/api/scalar.js';

function scalar(): Scalar | undefined {
  return Reflect.get(window, 'Scalar');
}

let loading: Promise<Scalar> | undefined;

function load(): Promise<Scalar> {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = scriptUrl;
    script.onload = () => {
      const found = scalar();
      if (found) resolve(found);
      else reject(new Error(`${scriptUrl} did not define Scalar`));
    };
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error(`${scriptUrl} could not be loaded`));
    };
    document.head.append(script);
  });
  return loading;
}

/** Scalar's copy buttons are icons without a name, and its menu bar would be the page's second banner. */
function mendReference() {
  document.querySelector('.t-doc__header > header')?.setAttribute('role', 'presentation');
  for (const button of document.querySelectorAll('.scalar-code-copy:not([aria-label])')) {
    button.setAttribute('aria-label', 'Copy code');
  }
}

const isDark = () => document.documentElement.classList.contains('dark');

type Props = {
  /** Where this server describes its API. */
  documentUrl: string;
  /** Of the page. */
  title: string;
};

/** The reference of a public API, drawn by Scalar from its server's own description of it. */
export function ApiReference({ documentUrl, title }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => {
    setState('loading');
    setAttempt((count) => count + 1);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt runs it again
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let instance: Instance | undefined;
    let gone = false;
    const configuration = () => referenceConfiguration({ documentUrl, title, dark: isDark() });
    load().then(
      (api) => {
        if (gone) return;
        instance = api.createApiReference(element, configuration());
        setState('shown');
      },
      () => !gone && setState('failed'),
    );
    const watch = new MutationObserver(() => instance?.updateConfiguration(configuration()));
    watch.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'class'],
    });
    const mender = new MutationObserver(mendReference);
    mender.observe(document.body, { childList: true, subtree: true });
    return () => {
      gone = true;
      mender.disconnect();
      watch.disconnect();
      instance?.destroy();
    };
  }, [attempt, documentUrl, title]);

  return (
    <>
      {state === 'loading' ? <ReferenceSkeleton /> : null}
      {state === 'failed' ? (
        <ErrorState
          title="The reference could not be loaded"
          message={`Its script did not arrive. The same description is at ${documentUrl}.`}
          onRetry={retry}
        />
      ) : null}
      <div ref={place} className="api-reference" />
    </>
  );
}

function ReferenceSkeleton() {
  return (
    <div aria-busy="true" className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-12 sm:px-6">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-4 w-full max-w-xl" />
      <Skeleton className="h-4 w-full max-w-md" />
      <Skeleton className="mt-6 h-64 w-full" />
    </div>
  );
}
