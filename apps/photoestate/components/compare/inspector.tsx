'use client';

import { Alert } from '@repo/ui/alert';
import { Button, buttonVariants } from '@repo/ui/button';
import { formatBytes, formatDuration, formatNumber } from '@repo/ui/format';
import { WandSparkles } from '@repo/ui/icons';
import { RelativeTime } from '@repo/ui/time';
import { ChevronDown, Download, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { adjustmentTexts } from '../../lib/adjustments.ts';
import { qualityOf } from '../../lib/quality.ts';
import { summarizeReport } from '../../lib/report.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Enhancement, OpenRequest, Scene } from '../../lib/trpc.ts';
import { lookOf } from '../enhance/look.ts';
import { PresetMenu } from '../enhance/preset-menu.tsx';
import { usePresetLabel } from '../enhance/use-presets.ts';
import { useSceneWork } from '../enhance/use-scene-work.ts';
import { SceneRequests } from '../requests/scene-requests.tsx';
import { isBusy } from '../worktable/listing-live.tsx';
import { EditList } from './edit-list.tsx';
import { Exposures } from './exposures.tsx';
import { QualityList } from './quality.tsx';
import { SidePicker } from './side-picker.tsx';
import { StarButtons } from './stars.tsx';
import type { Choice } from './use-choice.ts';
import { useRating } from './use-rating.ts';
import { Versions } from './versions.tsx';

type Props = { scene: Scene; choice: Choice; requests: readonly OpenRequest[] };

/** What lies on the stage, what was done to it, and what can be done next. */
export function Inspector({ scene, choice, requests }: Props) {
  const { version, versions, left, right, choose } = choice;
  const rate = useRating(scene.listingId);
  return (
    <aside
      aria-label="Inspector"
      className="flex flex-col border-t bg-card md:overflow-y-auto md:border-t-0 md:border-s"
    >
      <div className="flex flex-col gap-2 border-b p-4">
        <div className="flex items-center justify-between gap-2">
          <h2 className="truncate font-semibold text-base">{sceneName(scene)}</h2>
          <StarButtons rating={scene.rating} onRate={(stars) => rate(scene.id, stars)} />
        </div>
        {version?.urls ? (
          <a
            href={`${version.urls.full}?download=1`}
            download
            className={buttonVariants({ variant: 'primary', size: 'lg' })}
          >
            <Download />
            Download
            <span className="font-normal tabular-nums">{dimensions(version)}</span>
          </a>
        ) : null}
        <Again scene={scene} version={version} />
      </div>
      {requests.length > 0 ? (
        <Part title="From clients">
          <SceneRequests scene={scene} requests={requests} />
        </Part>
      ) : null}
      {choice.sides.length > 1 ? (
        <Part title="Compare">
          <SidePicker choice={choice} />
        </Part>
      ) : null}
      {version ? <Result version={version} /> : null}
      {versions.length > 1 ? (
        <Part title="Versions">
          <Versions
            scene={scene}
            versions={versions}
            current={right?.id}
            onChoose={(id) => choose({ right: id })}
          />
        </Part>
      ) : null}
      <Part title="Original">
        <Exposures
          photos={scene.photos}
          current={left?.id}
          onChoose={(id) => choose({ left: id })}
        />
      </Part>
    </aside>
  );
}

function dimensions({ width, height }: Enhancement): string {
  return width && height ? `${formatNumber(width)} × ${formatNumber(height)}` : '';
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-b p-4 last:border-b-0">
      <h3 className="mb-2 font-medium text-muted-foreground text-xs">{title}</h3>
      {children}
    </section>
  );
}

type AgainProps = { scene: Scene; version: Enhancement | undefined };

function Again({ scene, version }: AgainProps) {
  const { start } = useSceneWork(scene);
  const finished = version !== undefined;
  return (
    <PresetMenu
      of={{ listingId: scene.listingId, sceneId: scene.id }}
      align="start"
      title={finished ? 'Make another version' : 'Look'}
      initial={version ? lookOf(version) : undefined}
      onChoose={(look) => start.mutate({ sceneId: scene.id, ...look })}
    >
      <Button size="lg" busy={start.isPending || isBusy(scene)}>
        {isBusy(scene) ? null : <WandSparkles />}
        {isBusy(scene) ? 'Being enhanced' : finished ? 'Enhance again' : 'Enhance'}
        <ChevronDown className="size-3.5 text-muted-foreground" />
      </Button>
    </PresetMenu>
  );
}

function seconds({ startedAt, finishedAt }: Enhancement): number | undefined {
  if (!startedAt || !finishedAt) return undefined;
  return (finishedAt.getTime() - startedAt.getTime()) / 1000;
}

function Result({ version }: { version: Enhancement }) {
  const labelOf = usePresetLabel();
  const { left, avoided, warnings, bytes } = summarizeReport(version.report);
  const changes = adjustmentTexts(version.adjustments);
  const took = seconds(version);
  const quality = qualityOf(version.report);
  return (
    <>
      {version.outdated ? (
        <Alert tone="warning" className="m-4 mb-0">
          The frames of this scene have changed since. Enhance it again to include them.
        </Alert>
      ) : null}
      <Part title="Result">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums [&_dd]:text-end [&_dt]:text-muted-foreground">
          <dt>Look</dt>
          <dd>{version.lookName ?? labelOf(version.preset)}</dd>
          {changes.length > 0 ? (
            <>
              <dt>Adjusted</dt>
              <dd>
                {changes.map((text) => (
                  <span key={text} className="block">
                    {text}
                  </span>
                ))}
              </dd>
            </>
          ) : null}
          <dt>Size</dt>
          <dd>
            {dimensions(version) || '–'}
            {bytes ? `, ${formatBytes(bytes)}` : ''}
          </dd>
          {took ? (
            <>
              <dt>Took</dt>
              <dd>{formatDuration(took)}</dd>
            </>
          ) : null}
          {version.finishedAt ? (
            <>
              <dt>Finished</dt>
              <dd>
                <RelativeTime value={version.finishedAt} />
              </dd>
            </>
          ) : null}
        </dl>
      </Part>
      {version.alterations ? (
        <Part title="What was done">
          <EditList
            alterations={version.alterations}
            engineVersion={version.engineVersion}
            signedBy={version.signedBy}
            left={left}
          />
        </Part>
      ) : null}
      {quality.length > 0 ? (
        <Part title="Quality">
          <QualityList lines={quality} />
        </Part>
      ) : null}
      {avoided.length > 0 ? (
        <Part title="Seen in time">
          <ul className="flex flex-col gap-2 text-sm">
            {avoided.map(({ code, message, instead }) => (
              <li key={code} className="flex gap-2">
                <ShieldCheck
                  aria-hidden="true"
                  className="mt-0.5 size-4 shrink-0 text-muted-foreground"
                />
                <span>
                  {message}
                  <span className="block text-muted-foreground text-xs">{instead}</span>
                </span>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {warnings.length > 0 ? (
        <Part title="Worth a look">
          <ul className="flex flex-col gap-2">
            {warnings.map(({ code, message }) => (
              <li key={`${code} ${message}`}>
                <Alert tone="warning">{message}</Alert>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
    </>
  );
}
