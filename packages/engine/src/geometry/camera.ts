type Size = { readonly width: number; readonly height: number };

/** What is known of the camera that took a picture. All in pixels of that picture. */
export type Camera = {
  /** Focal length. */
  readonly focal: number;
  /** Whether the camera itself said so. */
  readonly focalKnown: boolean;
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

/**
 * @param frame size of the whole exposure
 * @param window where the picture lies in it: all that is left of it, or the part all exposures saw
 * @param focal35 focal length in millimetres on full frame (EXIF `FocalLengthIn35mmFormat`)
 */
export function cameraFor(
  frame: Size,
  window: Size & { readonly left: number; readonly top: number },
  focal35: number | null,
): Camera {
  const long = Math.max(frame.width, frame.height);
  return {
    focal: focal35 === null ? USUAL_FOCAL * long : (focal35 / FULL_FRAME) * long,
    focalKnown: focal35 !== null,
    centreX: frame.width / 2 - window.left,
    centreY: frame.height / 2 - window.top,
    radius: Math.hypot(frame.width, frame.height) / 2,
  };
}

/** The same camera for a copy of its picture that is `factor` times smaller. */
export function reducedCamera(camera: Camera, factor: number): Camera {
  return {
    ...camera,
    focal: camera.focal / factor,
    centreX: camera.centreX / factor,
    centreY: camera.centreY / factor,
    radius: camera.radius / factor,
  };
}
