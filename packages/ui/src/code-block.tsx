'use client';

import { Tabs } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { cn } from './cn.ts';
import { CopyButton } from './copy-button.tsx';
import { highlight, type Language } from './highlight.ts';

export type CodeSample = { label: string; code: string; language?: Language };

export type CodeBlockProps = {
  className?: string;
  /** Wrap long lines instead of scrolling: keys and URLs. */
  wrap?: boolean;
} & (
  | { code: string; language?: Language; label?: string }
  | { samples: readonly [CodeSample, ...CodeSample[]]; label: string }
);

const colours = {
  plain: undefined,
  comment: 'text-code-comment',
  string: 'text-code-string',
  keyword: 'text-code-keyword',
};

function Code({ code, language = 'text', wrap }: Omit<CodeSample, 'label'> & { wrap?: boolean }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn(
        'overflow-x-auto px-4 py-3 font-mono text-[13px] leading-5 focus-visible:outline-offset-[-2px]',
        wrap && 'whitespace-pre-wrap pr-12 [overflow-wrap:anywhere]',
      )}
    >
      <code>
        {highlight(code, language).map((token, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens of one text never move
          <span key={index} className={colours[token.kind]}>
            {token.text}
          </span>
        ))}
      </code>
    </pre>
  );
}

function Frame({
  header,
  children,
  className,
}: {
  header?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}) {
  return (
    <div className={cn('group relative min-w-0 rounded-lg border bg-code text-left', className)}>
      {header}
      {children}
    </div>
  );
}

export function CodeBlock(props: CodeBlockProps) {
  if ('samples' in props) return <TabbedCode {...props} />;
  const { code, language = 'text', label, className, wrap = false } = props;
  return (
    <Frame
      className={className}
      header={
        label ? (
          <div className="flex h-10 items-center justify-between border-b pr-1.5 pl-4">
            <span className="truncate font-mono text-muted-foreground text-xs">{label}</span>
            <CopyButton value={code} label={`Copy ${label}`} />
          </div>
        ) : (
          <CopyButton value={code} label="Copy code" className="absolute top-2 right-2 bg-code" />
        )
      }
    >
      <Code code={code} language={language} wrap={wrap} />
    </Frame>
  );
}

function TabbedCode(props: {
  samples: readonly [CodeSample, ...CodeSample[]];
  label: string;
  className?: string;
  wrap?: boolean;
}) {
  const { samples, label, className, wrap = false } = props;
  const [selected, setSelected] = useState(samples[0].label);
  const current = samples.find((sample) => sample.label === selected) ?? samples[0];
  return (
    <Tabs.Root value={current.label} onValueChange={setSelected} asChild>
      <Frame
        className={className}
        header={
          <div className="flex h-10 items-center justify-between border-b pr-1.5 pl-2">
            <Tabs.List aria-label={label} className="flex h-full items-stretch overflow-x-auto">
              {samples.map((sample) => (
                <Tabs.Trigger
                  key={sample.label}
                  value={sample.label}
                  className="-mb-px border-transparent border-b-2 px-2 font-medium text-muted-foreground text-xs transition-colors hover:text-foreground focus-visible:outline-offset-[-2px] data-[state=active]:border-primary data-[state=active]:text-foreground"
                >
                  {sample.label}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
            <CopyButton value={current.code} label={`Copy the ${current.label} example`} />
          </div>
        }
      >
        {samples.map((sample) => (
          <Tabs.Content key={sample.label} value={sample.label} tabIndex={-1}>
            <Code code={sample.code} language={sample.language ?? 'text'} wrap={wrap} />
          </Tabs.Content>
        ))}
      </Frame>
    </Tabs.Root>
  );
}
