'use client';

import { Fragment, type ReactNode } from 'react';
import type { StageMode } from '../../lib/compare/modes.ts';
import {
  between,
  isCovering,
  type Projection,
  projectQuad,
  type Quad,
  quadOf,
} from '../../lib/compare/projection.ts';
import type { StagePicture } from '../../lib/compare/stage-picture.ts';
import { type Box, type Place, placeSide, type Size, visiblePart } from '../../lib/compare/view.ts';
import { Divider } from './divider.tsx';
import { Picture } from './picture.tsx';
import { StageLabel } from './stage-label.tsx';

type Props = {
  name: string;
  mode: StageMode;
  left: StagePicture;
  right: StagePicture;
  /** Where the right one lies in a pane; the left one lies on it. */
  box: Box;
  panes: readonly Box[];
  ratio: number;
  /** Only the left one for now, whatever the mode. */
  peek: boolean;
  /** How many times a difference is enlarged. */
  gain: number;
  /** Said with a difference. */
  figures: string | undefined;
  overlayOf: ((picture: StagePicture) => ReactNode) | undefined;
};

/** Two pictures of one view, laid against each other as the mode says. */
export function Sides(props: Props) {
  const { mode, peek } = props;
  switch (mode) {
    case 'side':
      return <SideBySide {...props} />;
    case 'overlay':
      return <Overlay {...props} ratio={peek ? 1 : props.ratio} />;
    case 'difference':
      return peek ? <Alone {...props} side="left" /> : <Difference {...props} />;
    case 'blink':
      return <Alone {...props} side={peek || props.ratio > 0.5 ? 'left' : 'right'} />;
    case 'slider':
      return <Split {...props} ratio={peek ? 1 : props.ratio} />;
  }
}

function altOf(name: string, { label }: StagePicture): string {
  return `${name}, ${label.toLowerCase()}`;
}

type Laid = Pick<Props, 'box' | 'left' | 'right'>;

function leftPlace({ box, left, right }: Laid): Place {
  return placeSide(box, right.shows, left.shows);
}

/** Rim of the right one that the left one may leave bare: as much as lens corrections make of it. */
const rim = 0.02;

/** Whether the left one leaves more bare: nothing is to be seen there, least of all the right one under its name. */
function isBare({ left, right }: Laid): boolean {
  return !isCovering(between(left.shows, right.shows), rim);
}

/** Just within the edge of a picture, where browsers mix it with what is below. */
const within = quadOf({ x: 0.001, y: 0.001, width: 0.998, height: 0.998 });

/** Where the left one is to be seen on the stage. */
function leftQuad({ box, left, right }: Laid): Quad {
  const onBox: Projection = [box.width, 0, box.x, 0, box.height, box.y, 0, 0, 1];
  return projectQuad(onBox, projectQuad(between(left.shows, right.shows), within));
}

/** As CSS clips. */
function outlineOf(quad: Quad): string {
  return `polygon(${quad.map(({ x, y }) => `${x}px ${y}px`).join(', ')})`;
}

function firstPane(panes: readonly Box[]): Size {
  return panes[0] ?? { width: 0, height: 0 };
}

function Split(props: Props) {
  const { name, left, right, box, panes, ratio, peek, overlayOf } = props;
  const seen = visiblePart(box, firstPane(panes));
  const line = seen.x + seen.width * ratio;
  const beyond = { ...box, x: line, width: box.x + box.width - line };
  const room = 90 / Math.max(1, seen.width);
  return (
    <>
      <Picture
        {...right}
        place={box}
        alt={altOf(name, right)}
        seen={isBare(props) ? beyond : undefined}
        overlay={overlayOf?.(right)}
      />
      <Picture
        {...left}
        place={leftPlace(props)}
        alt={altOf(name, left)}
        seen={{ ...box, width: Math.max(0, line - box.x) }}
        overlay={overlayOf?.(left)}
      />
      <StageLabel seen={seen} hidden={ratio < room}>
        {left.label}
      </StageLabel>
      <StageLabel seen={seen} corner="right" hidden={ratio > 1 - room}>
        {right.label}
      </StageLabel>
      <Divider
        x={line}
        seen={seen}
        ratio={ratio}
        hidden={peek}
        names={{ left: left.label, right: right.label }}
      />
    </>
  );
}

function SideBySide(props: Props) {
  const { name, left, right, box, panes, peek, overlayOf } = props;
  const below = leftPlace(props);
  const places: readonly Place[] = [below, peek ? below : box];
  return [left, peek ? left : right].map((picture, index) => {
    const pane = panes[index] ?? { x: 0, y: 0, width: 0, height: 0 };
    return (
      // The same picture may stand on both sides.
      // biome-ignore lint/suspicious/noArrayIndexKey: there are two, and their order is their name
      <Fragment key={index}>
        <div className="absolute overflow-hidden" style={styleOf(pane)} data-pane={index}>
          <Picture
            {...picture}
            place={places[index] ?? box}
            alt={altOf(name, picture)}
            seen={box}
            overlay={overlayOf?.(picture)}
          />
          <StageLabel seen={visiblePart(box, pane)}>{picture.label}</StageLabel>
        </div>
        {index === 1 ? <PaneLine pane={pane} /> : null}
      </Fragment>
    );
  });
}

function styleOf({ x, y, width, height }: Box) {
  return { left: x, top: y, width, height };
}

/** What is between the two, so that a seam is never taken for an edge of the room. */
function PaneLine({ pane }: { pane: Box }) {
  const beside = pane.x > 0;
  const style = beside
    ? { left: pane.x - 2, top: 0, width: 2, height: pane.height }
    : { left: 0, top: pane.y - 2, width: pane.width, height: 2 };
  return <div className="absolute bg-border-strong" style={style} />;
}

function Overlay(props: Props) {
  const { name, left, right, box, panes, ratio } = props;
  const seen = visiblePart(box, firstPane(panes));
  const percent = Math.round((1 - ratio) * 100);
  return (
    <>
      <Picture {...left} place={leftPlace(props)} alt={altOf(name, left)} seen={box} />
      <Picture {...right} place={box} alt={altOf(name, right)} opacity={1 - ratio} />
      <StageLabel seen={seen} hidden={ratio === 0}>
        {left.label}
      </StageLabel>
      <StageLabel seen={seen} corner="right" hidden={ratio === 1}>
        {right.label} {percent} %
      </StageLabel>
    </>
  );
}

/** What one has that the other has not, colour by colour: the browser's own arithmetic, at every zoom. */
function Difference(props: Props) {
  const { name, left, right, box, panes, gain, figures } = props;
  const seen = visiblePart(box, firstPane(panes));
  const core = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
  return (
    <>
      <div
        role="img"
        aria-label={`${name}, difference between ${left.label} and ${right.label}`}
        className="absolute inset-0 isolate"
        style={{ filter: `brightness(${gain})`, clipPath: outlineOf(leftQuad(props)) }}
      >
        {/* At their edges both are mixed with what is below: not a difference. */}
        <div className="absolute inset-0" style={{ clipPath: outlineOf(quadOf(core)) }}>
          <Picture {...left} place={leftPlace(props)} alt="" seen={box} />
          <Picture {...right} place={box} alt="" difference />
        </div>
      </div>
      <StageLabel seen={seen}>
        Difference × {gain}
        {figures ? ` · ${figures}` : ''}
      </StageLabel>
    </>
  );
}

function Alone(props: Props & { side: 'left' | 'right' }) {
  const { name, left, right, box, panes, side, overlayOf } = props;
  const seen = visiblePart(box, firstPane(panes));
  const picture = side === 'left' ? left : right;
  return (
    <>
      {/* Both are there, so that none has to be loaded or decoded when it is its turn. */}
      <Picture
        {...right}
        place={box}
        alt={side === 'right' ? altOf(name, right) : ''}
        opacity={side === 'left' && isBare(props) ? 0 : 1}
        overlay={side === 'right' ? overlayOf?.(right) : null}
      />
      <Picture
        {...left}
        place={leftPlace(props)}
        alt={side === 'left' ? altOf(name, left) : ''}
        seen={box}
        opacity={side === 'left' ? 1 : 0}
        overlay={side === 'left' ? overlayOf?.(left) : null}
      />
      <StageLabel seen={seen}>{picture.label}</StageLabel>
    </>
  );
}
