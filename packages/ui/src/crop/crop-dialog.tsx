'use client';

import { ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../button.tsx';
import { Dialog, DialogBody, DialogContent, DialogFooter } from '../dialog.tsx';
import { FieldError } from '../field.tsx';
import { messageOf } from '../members/acts.ts';
import { Slider } from '../slider.tsx';
import { COVER, type Crop, kept, MAX_ZOOM } from './crop.ts';
import { CropStage } from './crop-stage.tsx';
import { type Chosen, cutOut } from './cut-out.ts';

type Props = {
  chosen: Chosen;
  busy: boolean;
  /** Why it was not taken. */
  error: string | undefined;
  onCut: (picture: File) => void;
  onClose: () => void;
};

/** Which part of a picture is shown of it, as people will see it: in a circle. */
export function CropDialog({ chosen, busy, error, onCut, onClose }: Props) {
  const [crop, setCrop] = useState<Crop>(COVER);
  const [problem, setProblem] = useState<string>();
  const cut = () =>
    cutOut(chosen, crop).then(onCut, (failure: unknown) => setProblem(messageOf(failure)));
  const failed = error ?? problem;
  return (
    <Dialog open onOpenChange={(open) => (open || busy ? undefined : onClose())}>
      <DialogContent
        title="Crop your picture"
        description="Drag it to where it should be. Only what is in the square is sent."
        className="max-w-sm"
      >
        <DialogBody>
          <CropStage chosen={chosen} crop={crop} onCrop={setCrop} />
          <div className="flex items-center gap-3 text-muted-foreground [&_svg]:size-4 [&_svg]:shrink-0">
            <ZoomOut />
            <Slider
              aria-label="Zoom"
              min={1}
              max={MAX_ZOOM}
              step={0.01}
              value={crop.zoom}
              onChange={({ target }) =>
                setCrop((known) => kept({ ...known, zoom: target.valueAsNumber }, chosen))
              }
            />
            <ZoomIn />
          </div>
          {failed ? <FieldError>{failed}</FieldError> : null}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button variant="primary" busy={busy} onClick={() => void cut()}>
            Save picture
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
