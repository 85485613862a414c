import { mainId, SkipLink } from '@repo/ui/app-shell';
import { Button } from '@repo/ui/button';
import { PhotoEstateLogo } from '@repo/ui/logo';
import { ThemeToggle } from '@repo/ui/theme';
import { ArrowRight, Equal } from 'lucide-react';
import Link from 'next/link';
import { merged, Room, singleExposure } from '../components/site/room.tsx';
import { RoomCompare } from '../components/site/room-compare.tsx';

export default function LandingPage() {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="mx-auto flex h-16 w-full max-w-6xl items-center justify-between gap-3 px-4 sm:px-6">
        <PhotoEstateLogo />
        <nav aria-label="Account" className="flex items-center gap-1.5">
          <ThemeToggle className="max-sm:hidden" />
          <Button asChild variant="ghost">
            <Link href="/sign-in">Sign in</Link>
          </Button>
          <Button asChild variant="primary" className="max-sm:hidden">
            <Link href="/sign-up">Create account</Link>
          </Button>
        </nav>
      </header>
      <main id={mainId} tabIndex={-1} className="flex-1 focus-visible:outline-none">
        <Hero />
        <Bracket />
        <Facts />
      </main>
      <footer className="border-t">
        <p className="mx-auto max-w-6xl px-4 py-6 text-muted-foreground text-xs sm:px-6">
          PhotoEstate Pro keeps its photos in Slipway, on storage of your own. The room on this page
          is drawn, not a customer’s home.
        </p>
      </footer>
    </div>
  );
}

function Hero() {
  return (
    <section className="mx-auto grid max-w-6xl items-center gap-x-14 gap-y-10 px-4 pt-8 pb-16 sm:px-6 sm:pt-14 lg:grid-cols-[5fr_7fr] lg:pb-24">
      <div>
        <h1 className="text-balance font-semibold text-4xl leading-[1.08] tracking-tight sm:text-5xl">
          Listing photos, finished
        </h1>
        <p className="mt-5 max-w-md text-pretty text-lg text-muted-foreground leading-7">
          Drop a shoot of bracketed exposures. Get one clean photo per view: the room bright, the
          window readable, the colours true.
        </p>
        <div className="mt-8 flex flex-wrap gap-3">
          <Button asChild variant="primary" size="lg">
            <Link href="/sign-up">
              Create account
              <ArrowRight />
            </Link>
          </Button>
          <Button asChild size="lg">
            <Link href="/sign-in">Sign in</Link>
          </Button>
        </div>
      </div>
      <RoomCompare />
    </section>
  );
}

const frames = [-2, 0, 2] as const;

function Bracket() {
  return (
    <section aria-labelledby="bracket" className="border-y bg-card">
      <div className="mx-auto max-w-6xl px-4 py-14 sm:px-6 lg:py-20">
        <h2 id="bracket" className="text-balance font-semibold text-2xl tracking-tight">
          No single exposure holds a room and its view
        </h2>
        <p className="mt-2 max-w-2xl text-muted-foreground text-pretty">
          The dark frame has the garden, the bright one has the sofa. PhotoEstate Pro finds the
          frames that belong together by their time and exposure, and keeps the best of each.
        </p>
        <div className="mt-8 grid grid-cols-3 items-center gap-2 sm:gap-4 lg:grid-cols-[1fr_1fr_1fr_auto_1.7fr]">
          {frames.map((ev) => (
            <figure key={ev}>
              <Room
                exposure={singleExposure(ev)}
                className="aspect-3/2 w-full rounded-md border bg-canvas"
              />
              <figcaption className="mt-1.5 text-center text-muted-foreground text-xs tabular-nums">
                {ev > 0 ? `+${ev}` : ev < 0 ? `−${-ev}` : ev} EV
              </figcaption>
            </figure>
          ))}
          <Equal aria-hidden="true" className="size-6 text-muted-foreground max-lg:hidden" />
          <figure className="max-lg:col-span-3 max-lg:mt-4">
            <Room exposure={merged} className="aspect-3/2 w-full rounded-md border bg-canvas" />
            <figcaption className="mt-1.5 text-center text-muted-foreground text-xs">
              Merged
            </figcaption>
          </figure>
        </div>
      </div>
    </section>
  );
}

const facts = [
  {
    title: 'Grouped by themselves',
    text: 'Brackets of up to nine frames become scenes. A wrong one is put right by dragging a frame, or with two keys.',
  },
  {
    title: 'Every step on record',
    text: 'Merge, white balance, tone, sharpening: what was done stands beside the result. The originals are never changed.',
  },
  {
    title: 'Judged at 100 %',
    text: 'Slide, blink and zoom original and result in step, on neutral grey. Then download the full size.',
  },
] as const;

function Facts() {
  return (
    <section aria-label="How it works" className="mx-auto max-w-6xl px-4 py-14 sm:px-6 lg:py-20">
      <ul className="grid gap-x-12 gap-y-8 sm:grid-cols-3">
        {facts.map(({ title, text }) => (
          <li key={title}>
            <h2 className="font-semibold text-base">{title}</h2>
            <p className="mt-1.5 text-muted-foreground text-pretty">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
