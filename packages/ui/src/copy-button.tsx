'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { cn } from './cn.ts';

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For pages without the clipboard API: plain http on another host, an embedded frame. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.cssText = 'position:fixed;opacity:0';
  const host = document.querySelector('[role=dialog],[role=alertdialog]') ?? document.body;
  host.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
  }
}

type CopyState = 'idle' | 'copied' | 'failed';

export function useCopy(): { state: CopyState; copy: (text: string) => void } {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  return {
    state,
    copy: (text) => {
      void copyText(text).then((done) => setState(done ? 'copied' : 'failed'));
    },
  };
}

export type CopyButtonProps = Omit<ButtonProps, 'children' | 'asChild' | 'value'> & {
  value: string;
  /** What is copied: "Copy key". Shown when there are no children. */
  label: string;
  children?: ReactNode;
};

export function CopyButton({
  value,
  label,
  children,
  className,
  size = 'icon-sm',
  variant = 'ghost',
  ...props
}: CopyButtonProps) {
  const { state, copy } = useCopy();
  const Icon = state === 'copied' ? Check : Copy;
  return (
    <>
      <Button
        size={children ? (size === 'icon-sm' ? 'sm' : size) : size}
        variant={variant}
        aria-label={children ? undefined : label}
        title={children ? undefined : label}
        className={cn(state === 'copied' && 'text-success', className)}
        onClick={() => copy(value)}
        {...props}
      >
        <Icon />
        {children}
      </Button>
      <span aria-live="polite" className="sr-only">
        {state === 'copied'
          ? 'Copied'
          : state === 'failed'
            ? 'Copying failed: select the text and copy it yourself'
            : ''}
      </span>
    </>
  );
}
