/*
 * Neutral tones are mixtures of the page's own text colour, so light and dark need no switch. `:where`
 * keeps the specificity at zero: any class of yours wins.
 */

/** The button's and the list's. */
export const CSS = `:where(.slipway-root){--_a:var(--slipway-accent,#2563eb);--_l:var(--slipway-border,color-mix(in srgb,currentColor 22%,transparent));--_m:var(--slipway-muted,color-mix(in srgb,currentColor 72%,transparent));--_r:var(--slipway-radius,8px);display:grid;gap:12px;justify-items:start;font-size:14px;line-height:20px}
:where(.slipway-button,.slipway-action){font:inherit;cursor:pointer;border:1px solid var(--_l);border-radius:var(--_r);background:none;color:inherit}
:where(.slipway-button){border-color:transparent;background:var(--_a);color:var(--slipway-accent-text,#fff);padding:8px 16px}
:where(.slipway-action){padding:1px 8px}
:where(.slipway-action,.slipway-text){font-size:12px}
:where([data-over=true] .slipway-button,.slipway-button:hover,.slipway-action:hover){filter:brightness(.92)}
:where(.slipway-button:disabled){opacity:.5;cursor:not-allowed}
:where(.slipway-button,.slipway-action):focus-visible{outline:2px solid var(--_a);outline-offset:2px}
:where(.slipway-list){display:grid;gap:8px;justify-self:stretch;min-width:240px;margin:0;padding:0}
:where(.slipway-item){display:grid;grid-template-columns:1fr auto;gap:4px 8px;align-items:center}
:where(.slipway-name){overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
:where(.slipway-bar,.slipway-text){grid-column:1/-1}
:where(.slipway-bar){width:100%;height:4px;accent-color:var(--_a)}
:where(.slipway-text){color:var(--_m)}
:where(.slipway-error){color:var(--slipway-danger,color-mix(in srgb,#dc2626 78%,currentColor))}
:where(.slipway-spoken){position:absolute;width:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`;
