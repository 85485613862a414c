/** The part of LibRaw's WASM build that is used; the package has types for its browser worker only. */
declare module 'libraw-wasm/dist/libraw.js' {
  export type RawSettings = {
    readonly halfSize: boolean;
    readonly useCameraWb: boolean;
    readonly userQual: number;
    readonly outputBps: 8 | 16;
    readonly outputColor: number;
    readonly noAutoBright: boolean;
    readonly adjustMaximumThr: number;
    readonly gamm: readonly number[];
  };

  export type RawMetadata = {
    readonly width: number;
    readonly height: number;
    /** 0 upright, 3 upside down, 5 a quarter turn left, 6 a quarter turn right. */
    readonly flip: number;
  };

  export type RawPicture = {
    readonly width: number;
    readonly height: number;
    readonly colors: number;
    readonly bits: number;
    readonly data: Uint8Array | Uint16Array;
  };

  export class LibRaw {
    open(bytes: Uint8Array, settings: Partial<RawSettings>): void;
    metadata(full: boolean): RawMetadata;
    imageData(): RawPicture;
    /** Gives the memory back. */
    delete(): void;
  }

  const load: (options: {
    readonly wasmBinary: Uint8Array;
    readonly print: () => void;
    readonly printErr: () => void;
  }) => Promise<{ readonly LibRaw: typeof LibRaw }>;
  // biome-ignore lint/style/noDefaultExport: that is how the package exports it.
  export default load;
}
