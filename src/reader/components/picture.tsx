import type { VNode } from 'preact';
import type { Picture as PictureModel, PictureSource } from '../../contract/pages.ts';

/** How wide a picture is shown, for the browser's choice of a file; in step with the grid in styles. */
export const SIZES = {
  lead: '(min-width: 1000px) 620px, 100vw',
  wide: '(min-width: 1000px) 960px, 100vw',
  column: '(min-width: 1000px) 640px, 100vw',
  third: '(min-width: 1000px) 300px, (min-width: 640px) 45vw, 100vw',
  thumb: '(min-width: 1000px) 220px, 34vw',
} as const;
export type SizeName = keyof typeof SIZES;

function srcset(source: PictureSource): string {
  return source.srcset.map(({ url, width }) => `${url} ${width}w`).join(', ');
}

/** Classes that hold the focal point while a crop is shown; the policy allows no style attributes. */
export function focalClass(focal: PictureModel['focal']): string | undefined {
  if (focal === undefined) return undefined;
  const step = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 10);
  const classes = [
    step(focal.x) === 5 ? '' : `fx${step(focal.x)}`,
    step(focal.y) === 5 ? '' : `fy${step(focal.y)}`,
  ];
  return classes.filter((name) => name !== '').join(' ') || undefined;
}

function classesOf({ focal, width, height }: PictureModel): string | undefined {
  return (
    [height > width ? 'tall' : '', focalClass(focal) ?? ''].filter((name) => name !== '').join(' ') ||
    undefined
  );
}

type Props = {
  picture: PictureModel;
  size: SizeName;
  /** The picture that a reader sees first is fetched at once; all others when they come near. */
  eager?: boolean;
  /** Beside a headline that says the same, a picture is decoration. */
  decorative?: boolean;
};

export function Picture({ picture, size, eager = false, decorative = false }: Props): VNode {
  const last = picture.sources.at(-1);
  return (
    <picture>
      {picture.sources.slice(0, -1).map((source) => (
        <source type={source.type} srcset={srcset(source)} sizes={SIZES[size]} />
      ))}
      <img
        src={picture.src}
        srcset={last === undefined ? undefined : srcset(last)}
        sizes={last === undefined ? undefined : SIZES[size]}
        width={picture.width}
        height={picture.height}
        alt={decorative ? '' : picture.alt}
        class={classesOf(picture)}
        loading={eager ? 'eager' : 'lazy'}
        fetchpriority={eager ? 'high' : undefined}
        decoding="async"
      />
    </picture>
  );
}

/** Caption and credit, tight under a picture. */
export function Caption({ caption, credit }: { caption?: string; credit?: string }): VNode | null {
  if (caption === undefined && credit === undefined) return null;
  return (
    <figcaption>
      {caption}
      {caption !== undefined && credit !== undefined && ' '}
      {credit !== undefined && <span class="credit">{credit}</span>}
    </figcaption>
  );
}
