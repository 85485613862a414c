import type { ReactElement } from 'react';

/*
 * Neutral tones are mixtures of the page's own text colour, so light and dark need no switch. `:where`
 * keeps the specificity at zero: any class of yours wins.
 */
const CSS = `:where(.slipway-root){--_a:var(--slipway-accent,#2563eb);--_t:var(--slipway-accent-text,#fff);--_d:var(--slipway-danger,color-mix(in srgb,#dc2626 78%,currentColor));--_l:var(--slipway-border,color-mix(in srgb,currentColor 22%,transparent));--_m:var(--slipway-muted,color-mix(in srgb,currentColor 72%,transparent));--_f:var(--slipway-surface,color-mix(in srgb,currentColor 4%,transparent));--_r:var(--slipway-radius,8px);display:grid;gap:12px;justify-items:start;font-size:14px;line-height:20px}
:where(.slipway-button,.slipway-action){font:inherit;cursor:pointer;border:0;border-radius:var(--_r)}
:where(.slipway-button){background:var(--_a);color:var(--_t);font-weight:500;padding:8px 16px;min-height:36px}
:where(.slipway-button:hover,.slipway-action:hover){filter:brightness(.92)}
:where(.slipway-button:disabled){opacity:.5;cursor:not-allowed}
:where(.slipway-button,.slipway-action):focus-visible{outline:2px solid var(--_a);outline-offset:2px}
:where(.slipway-dropzone){box-sizing:border-box;width:100%;display:grid;gap:8px;justify-items:center;padding:32px 16px;border:1px dashed var(--_l);border-radius:var(--_r);background:var(--_f);text-align:center}
:where(.slipway-over){border-color:var(--_a);background:color-mix(in srgb,var(--_a) 10%,transparent)}
:where(.slipway-hint,.slipway-text){color:var(--_m);font-size:12px;line-height:16px}
:where(.slipway-list){list-style:none;margin:0;padding:0;width:100%;min-width:240px;display:grid;gap:8px}
:where(.slipway-item){display:grid;grid-template-columns:1fr auto;gap:4px 8px;align-items:center}
:where(.slipway-name){overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
:where(.slipway-text){grid-column:1/-1}
:where(.slipway-error){color:var(--_d)}
:where(.slipway-bar){grid-column:1/-1;height:4px;border-radius:2px;overflow:hidden;background:var(--_l)}
:where(.slipway-bar>i){display:block;height:100%;background:var(--_a);transition:width .15s}
:where(.slipway-action){background:none;color:inherit;padding:2px 8px;min-height:24px;font-size:12px;box-shadow:inset 0 0 0 1px var(--_l)}
:where(.slipway-spoken){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:reduce){:where(.slipway-bar>i){transition:none}}`;

/**
 * The components' styles. React 19 puts one copy into the head, whatever the number of components;
 * with a nonce they stay in place, since React only hoists what carries its own.
 */
export function Style({ nonce }: { readonly nonce?: string | undefined }): ReactElement {
  return <style {...(nonce ? { nonce } : { href: 'slipway', precedence: 'slipway' })}>{CSS}</style>;
}
