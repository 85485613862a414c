/** What is known of the camera that took a picture. All in pixels of that picture. */
export type Camera = {
  /** Focal length. */
  readonly focal: number;
  /** Where the optical axis meets the picture. */
  readonly centreX: number;
  readonly centreY: number;
  /** Unit of the radius in lens models: half the diagonal. */
  readonly radius: number;
};

/** Where EXIF says nothing: 24 mm on full frame, the middle of what listing photos are taken with. */
const USUAL_FOCAL = 24 / 36;

/** Full frame in millimetres: EXIF gives focal lengths as if all sensors had this long side. */
const FULL_FRAME = 36;

/** @param focal35 focal length in millimetres on full frame (EXIF `FocalLengthIn35mmFormat`) */
export function cameraFor(
  size: { readonly width: number; readonly height: number },
  focal35: number | null,
): Camera {
  const long = Math.max(size.width, size.height);
  return {
    focal: focal35 === null ? USUAL_FOCAL * long : (focal35 / FULL_FRAME) * long,
    centreX: size.width / 2,
    centreY: size.height / 2,
    radius: Math.hypot(size.width, size.height) / 2,
  };
}
