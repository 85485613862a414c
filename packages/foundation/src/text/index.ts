export { queryNumber } from './query-number.ts';
export {
  anyId,
  instant,
  isStorableText,
  NOT_BLANK,
  STORABLE_TEXT,
  WITHOUT_NUL,
} from './storable-text.ts';
