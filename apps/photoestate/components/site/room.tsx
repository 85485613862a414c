import { useId } from 'react';

/** Light let in: what falls on the room, and what comes through its window (much brighter). */
export type Exposure = { inside: number; outside: number };

/** How a camera sees the room: one exposure cannot hold both. */
export function singleExposure(ev: number): Exposure {
  return { inside: 0.3 * 2 ** ev, outside: 3.2 * 2 ** ev };
}

/** What merging keeps of each: the room from the bright frames, the view from the dark ones. */
export const merged: Exposure = { inside: 1.05, outside: 0.95 };

type Props = { exposure: Exposure; className?: string };

/**
 * A drawn living room. Exposure is done as a camera does it: light is multiplied (in linear light)
 * and what is too much for the sensor is cut off.
 */
export function Room({ exposure, className }: Props) {
  const id = useId();
  return (
    <svg
      viewBox="0 0 1200 750"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={className}
    >
      <defs>
        <Gain id={`${id}in`} gain={exposure.inside} />
        <Gain id={`${id}out`} gain={exposure.outside} />
        <Paints id={id} />
      </defs>
      <g filter={`url(#${id}in)`}>
        <Shell id={id} />
      </g>
      <g filter={`url(#${id}out)`} clipPath={`url(#${id}pane)`}>
        <View id={id} />
      </g>
      <g filter={`url(#${id}in)`}>
        <Furniture id={id} />
      </g>
    </svg>
  );
}

function Gain({ id, gain }: { id: string; gain: number }) {
  return (
    <filter id={id} x="0" y="0" width="1" height="1" colorInterpolationFilters="linearRGB">
      <feComponentTransfer>
        <feFuncR type="linear" slope={gain} />
        <feFuncG type="linear" slope={gain} />
        <feFuncB type="linear" slope={gain} />
      </feComponentTransfer>
    </filter>
  );
}

function Paints({ id }: { id: string }) {
  const stops = (...colors: string[]) =>
    colors.map((color, index) => (
      <stop key={color} offset={index / (colors.length - 1)} stopColor={color} />
    ));
  return (
    <>
      <clipPath id={`${id}pane`}>
        <path d="M430 130h212v330H430zM658 130h212v330H658z" />
      </clipPath>
      <radialGradient id={`${id}wall`} cx="0.54" cy="0.42" r="0.75">
        {stops('#efece6', '#d9d5cd', '#a8a49d')}
      </radialGradient>
      <linearGradient id={`${id}left`}>{stops('#8f8b85', '#c9c5bd')}</linearGradient>
      <linearGradient id={`${id}right`}>{stops('#d6d2ca', '#9a968f')}</linearGradient>
      <linearGradient id={`${id}ceiling`} x2="0" y2="1">
        {stops('#bdbab4', '#ecebe7')}
      </linearGradient>
      <linearGradient id={`${id}floor`} x2="0" y2="1">
        {stops('#c79c6b', '#a87c4f', '#7d5833')}
      </linearGradient>
      <linearGradient id={`${id}sky`} x2="0" y2="1">
        {stops('#4d86c6', '#8db8e2', '#d8e8f3')}
      </linearGradient>
      <linearGradient id={`${id}hill`} x2="0" y2="1">
        {stops('#6d9a5b', '#44713a')}
      </linearGradient>
      <linearGradient id={`${id}sofa`} x2="0" y2="1">
        {stops('#6f7f8a', '#46535c')}
      </linearGradient>
      <radialGradient id={`${id}glow`}>
        <stop offset="0" stopColor="#fff" stopOpacity="0.55" />
        <stop offset="1" stopColor="#fff" stopOpacity="0" />
      </radialGradient>
    </>
  );
}

const boards = [-900, -560, -300, -90, 90, 300, 560, 900];

function Shell({ id }: { id: string }) {
  return (
    <>
      <path d="M0 0h1200L960 70H240z" fill={`url(#${id}ceiling)`} />
      <path d="M0 0l240 70v450L0 640z" fill={`url(#${id}left)`} />
      <path d="M1200 0L960 70v450l240 120z" fill={`url(#${id}right)`} />
      <path d="M240 70h720v450H240z" fill={`url(#${id}wall)`} />
      <path d="M240 520h720l240 120v110H0V640z" fill={`url(#${id}floor)`} />
      <g stroke="#6b4a2a" strokeOpacity="0.45" strokeWidth="2">
        {boards.map((x) => (
          <path key={x} d={`M${600 + x * 0.42} 520L${600 + x} 750`} />
        ))}
        <path d="M190 545h820M100 590h1000M20 645h1160" strokeOpacity="0.25" />
      </g>
      <path d="M240 512h720v8H240z" fill="#f4f2ee" />
      <path d="M450 560l330-12 150 130-540 24z" fill="#fff6e2" fillOpacity="0.28" />
      <path d="M416 116h468v358H416z" fill="#f3f1ec" />
      <path d="M404 474h492v14H404z" fill="#fbfaf7" />
    </>
  );
}

function View({ id }: { id: string }) {
  return (
    <>
      <path d="M420 120h460v350H420z" fill={`url(#${id}sky)`} />
      <g fill="#fff" fillOpacity="0.85">
        <ellipse cx="520" cy="196" rx="70" ry="17" />
        <ellipse cx="566" cy="182" rx="46" ry="16" />
        <ellipse cx="768" cy="236" rx="82" ry="15" />
      </g>
      <path d="M420 352c90-70 150-60 230-18s150 4 230-40v180H420z" fill="#7f9fb2" />
      <path d="M420 400c110-46 190-40 280-14s120 8 180-16v104H420z" fill={`url(#${id}hill)`} />
      <path d="M706 402v-44l34-26 34 26v44z" fill="#d9c9ae" />
      <path d="M700 360l40-32 40 32z" fill="#a5533a" />
      <g fill="#345f31">
        <circle cx="482" cy="404" r="34" />
        <circle cx="520" cy="418" r="26" />
        <circle cx="824" cy="404" r="32" />
        <circle cx="860" cy="420" r="28" />
      </g>
      <path d="M420 436h460v40H420z" fill="#3f6b35" />
    </>
  );
}

function Furniture({ id }: { id: string }) {
  return (
    <>
      <path d="M376 100h44v420c-16 8-30 8-48 0z" fill="#e3ddd2" />
      <path d="M880 100h44l6 420c-18 8-32 8-50 0z" fill="#e3ddd2" />
      <path d="M388 100v418M402 100v420M894 100v420M910 100v420" stroke="#bdb6a8" strokeWidth="3" />
      <path d="M356 92h588v7H356z" fill="#6a5b45" />
      <ellipse cx="610" cy="655" rx="330" ry="58" fill="#d8d2c4" />
      <ellipse cx="610" cy="655" rx="300" ry="50" fill="none" stroke="#a79f8c" strokeWidth="3" />
      <g>
        <path d="M92 470h250q18 0 18 18v86H74v-86q0-18 18-18z" fill={`url(#${id}sofa)`} />
        <path
          d="M52 520q0-16 20-16t20 16v100H52zM342 520q0-16 20-16t20 16v100h-40z"
          fill="#3f4a52"
        />
        <path d="M92 556h250v58H92z" fill="#7d8d97" />
        <path d="M217 556v58M92 556h250" stroke="#48545c" strokeWidth="3" />
        <path d="M118 494l58-6 6 60-60 6z" fill="#c98b3d" />
        <path d="M70 614h14v24H70zM352 614h14v24h-14z" fill="#2b2119" />
      </g>
      <g>
        <path d="M500 596h230l26 20H474z" fill="#8a6238" />
        <path d="M474 616h282v10H474z" fill="#5f4224" />
        <path d="M490 626h10v56h-10zM730 626h10v56h-10z" fill="#3a2917" />
        <path d="M590 570h36l-5 30h-26z" fill="#e9e6df" />
        <path
          d="M608 572c-30-18-36-44-30-60 18 8 30 30 30 60zm2-2c2-34 16-54 34-60 6 22-6 46-34 60z"
          fill="#4c7a45"
        />
      </g>
      <g>
        <path d="M1010 470h46l-6 90h-34z" fill="#b9b3a7" />
        <path
          d="M1032 474c-60-50-70-120-52-160 34 26 54 84 52 160zm2-4c0-90 22-150 62-176 12 56-14 130-62 176zm-4 2c-44-8-86-44-90-88 44 4 82 40 90 88z"
          fill="#3f6d3c"
        />
      </g>
      <g>
        <path d="M600 0v34" stroke="#3a352d" strokeWidth="3" />
        <path d="M556 78q44-88 88 0z" fill="#3a352d" />
      </g>
      <path d="M262 190h86v120h-86z" fill="#4a3d2c" />
      <path d="M270 198h70v104h-70z" fill="#e8e2d3" />
      <path d="M280 284l18-34 14 18 10-14 10 30z" fill="#b4683c" />
      <circle cx="318" cy="226" r="11" fill="#d9a548" />
      <ellipse cx="650" cy="300" rx="420" ry="300" fill={`url(#${id}glow)`} fillOpacity="0.35" />
    </>
  );
}
