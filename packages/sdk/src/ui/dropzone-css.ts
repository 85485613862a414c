/** The frame's around the button. */
export const DROPZONE_CSS = `:where(.slipway-dropzone){justify-self:stretch;display:grid;gap:8px;justify-items:center;padding:32px 16px;border:1px dashed var(--_l);border-radius:var(--_r);background:var(--slipway-surface,color-mix(in srgb,currentColor 4%,transparent));text-align:center}
:where([data-over=true] .slipway-dropzone){border-color:var(--_a);background:color-mix(in srgb,var(--_a) 10%,transparent)}
:where(.slipway-hint){color:var(--_m);font-size:12px;line-height:16px}`;
