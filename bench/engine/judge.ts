/** One line of the table of figures. */
export type Figure = {
  /** What was measured and on what, e.g. "MEF-SSIM, 17 scenes, mean". */
  readonly what: string;
  readonly value: number;
  /** e.g. "dE00", "px", "%", or "". */
  readonly unit: string;
  readonly target: { readonly atMost: number } | { readonly atLeast: number };
  /** Anything worth knowing beside it: the worst scene, the number of trials. */
  readonly note?: string;
  /** The same figure of other tools, measured in the same run. */
  readonly peers?: Readonly<Record<string, number>>;
};

/** Measures one property of the engine on real photos with ground truth. */
export type Judge = {
  /** Short name for `--only`. */
  readonly name: string;
  /** Folders below the data folder that it reads; it is skipped, aloud, when one is missing. */
  readonly needs: readonly string[];
  /** `data` is the folder with the photo sets. */
  readonly measure: (data: string) => Promise<readonly Figure[]>;
};
