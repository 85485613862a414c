/** What a storage was seen to do, whatever its name. */
export interface Capabilities {
  /** `If-None-Match: *` on a PUT is enforced, also when it is part of a signed URL. */
  createOnlyPut: boolean;
  /** A pinned SHA-256 is compared with the bytes of a PUT, and other bytes are refused. */
  verifiesPut: boolean;
  /** Likewise for the parts of an upload in parts. */
  verifiesParts: boolean;
  /** Uploads in parts, whose parts can be listed while they come. */
  multipart: boolean;
  /** Objects and ranges of them are copied inside the storage. */
  copy: boolean;
  copyPart: boolean;
  /** Open uploads in parts can be listed, so that forgotten ones can be found. */
  listsMultiparts: boolean;
  /** The most parts of one upload. */
  maxParts: number;
  /** Bytes of every part but the last, at least. */
  minPartSize: number;
}

/** Safe to assume of an S3 that was not probed yet. */
export const UNPROBED: Capabilities = {
  createOnlyPut: false,
  verifiesPut: false,
  verifiesParts: false,
  multipart: false,
  copy: true,
  copyPart: false,
  listsMultiparts: false,
  maxParts: 1000,
  minPartSize: 5 * 1024 ** 2,
};
