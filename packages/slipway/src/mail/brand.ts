/** Whose mails these are. */
export const BRAND = 'Slipway';
