import type { InputFrame } from '../steps/step.ts';
import { decodeFrame } from './decode-frame.ts';
import type { FrameHeader } from './read-header.ts';

/** Codes of a whole frame, as `decodeFrame` gives them. */
export type FrameCodes = Uint8Array | Uint16Array;

/** One frame that is decoded at full size while nobody needs it yet, on a core that would be idle. */
export class DecodedAhead {
  #frame: InputFrame | null = null;
  #codes: Promise<FrameCodes> | null = null;

  /** A failure waits for whoever takes the codes, also when nobody ever does. */
  start(frame: InputFrame, header: FrameHeader): void {
    this.#frame = frame;
    this.#codes = decodeFrame(frame.bytes, frame.name, header);
    this.#codes.catch(() => undefined);
  }

  has(frame: InputFrame | undefined): boolean {
    return frame !== undefined && frame === this.#frame;
  }

  /** The codes, once, if they are of this frame. */
  take(frame: InputFrame): Promise<FrameCodes> | null {
    if (!this.has(frame)) return null;
    const codes = this.#codes;
    this.forget();
    return codes;
  }

  forget(): void {
    this.#frame = null;
    this.#codes = null;
  }
}
