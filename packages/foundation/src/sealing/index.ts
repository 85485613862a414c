export { resealJob } from './jobs.ts';
export { type KeyRing, keyRing, type SealingKey } from './key-ring.ts';
export { reseal, type SealedColumn } from './reseal.ts';
export { SealError, type Sealed, seal, unseal } from './seal.ts';
export { sealedText } from './sealed-text.ts';
