import type { UploadItem, UploadSnapshot } from '../client/uploader.ts';
import { SlipwayUpload } from './slipway-upload.ts';

export type { UploadItem, UploadSnapshot, UploadState } from '../client/uploader.ts';
export { SlipwayUpload } from './slipway-upload.ts';
export { type ElementLabels, ENGLISH_ELEMENT } from './words.ts';

/** The events of `<slipway-upload>`; they bubble, also out of other shadow roots. */
export interface SlipwayUploadEvents {
  readonly 'slipway-done': CustomEvent<UploadItem>;
  readonly 'slipway-error': CustomEvent<UploadItem>;
  readonly 'slipway-settled': CustomEvent<UploadSnapshot>;
  readonly 'slipway-change': CustomEvent<UploadSnapshot>;
}

declare global {
  interface HTMLElementTagNameMap {
    'slipway-upload': SlipwayUpload;
  }
  interface HTMLElementEventMap extends SlipwayUploadEvents {}
  interface DocumentEventMap extends SlipwayUploadEvents {}
}

const elements = globalThis.customElements;
if (elements && !elements.get('slipway-upload')) elements.define('slipway-upload', SlipwayUpload);
