"""What a photo product built on OpenCV does: align by median bitmaps, fuse after Mertens, write JPEG."""
import sys

import cv2

align = sys.argv[1] == "align"
frames = [cv2.imread(path) for path in sys.argv[3:]]
if align:
    cv2.createAlignMTB().process(frames, frames)
fused = cv2.createMergeMertens(1, 1, 1).process(frames)
cv2.imwrite(sys.argv[2], (fused * 255).clip(0, 255).astype("uint8"), [cv2.IMWRITE_JPEG_QUALITY, 92])
