import type { VNode } from 'preact';
import type { Block, ImageAttrs } from '../../../contract/document.ts';
import { safeHref } from '../../safe.ts';
import { fill } from '../../strings/index.ts';
import { Caption, Picture } from '../picture.tsx';
import type { DocContext } from './context.ts';

export function renderImage(attrs: ImageAttrs, context: DocContext, inGallery = false): VNode {
  const asset = context.assets[attrs.asset];
  const kind = inGallery ? 'pic' : `pic pic-${attrs.size ?? 'column'}`;
  if (asset === undefined || asset.kind !== 'picture') {
    return (
      <figure class={`${kind} pic-missing`}>
        <p>{context.ui.t.pictureMissing}</p>
        <Caption caption={attrs.caption} credit={attrs.credit} />
      </figure>
    );
  }
  const size = inGallery || attrs.size === 'inset' ? 'third' : attrs.size === 'wide' ? 'wide' : 'column';
  return (
    <figure class={kind}>
      <Picture picture={{ ...asset, alt: attrs.alt ?? asset.alt }} size={size} />
      <Caption caption={attrs.caption ?? asset.caption} credit={attrs.credit ?? asset.credit} />
    </figure>
  );
}

export function renderGallery(block: Extract<Block, { type: 'gallery' }>, context: DocContext): VNode {
  return (
    <figure class="gallery" aria-label={block.attrs?.caption ?? context.ui.t.gallery}>
      <div class="gallery-grid">{block.content.map((image) => renderImage(image.attrs, context, true))}</div>
      <Caption caption={block.attrs?.caption} />
    </figure>
  );
}

function bytes(count: number, context: DocContext): string {
  const mega = count / 1_000_000;
  return mega >= 1
    ? `${context.ui.fmt.number(Math.round(mega * 10) / 10)} MB`
    : `${context.ui.fmt.number(Math.ceil(count / 1000))} kB`;
}

/** Sound, film and files. Players are the browser's own and fetch nothing before they are asked to. */
export function renderAsset(
  block: Extract<Block, { type: 'audio' | 'video' | 'file' }>,
  context: DocContext,
): VNode | null {
  const asset = context.assets[block.attrs.asset];
  const { title, caption, credit } = block.attrs;
  const { t, fmt } = context.ui;
  if (asset === undefined || asset.kind === 'picture') {
    return caption === undefined && title === undefined ? null : (
      <p class="asset-missing">{title ?? caption}</p>
    );
  }
  if (asset.kind === 'file') {
    return (
      <p class="file">
        <a href={safeHref(asset.href)} download={asset.name}>
          {title ?? asset.name}
        </a>{' '}
        <span class="furniture">
          {t.download}, {bytes(asset.bytes, context)}
        </span>
      </p>
    );
  }
  return (
    <figure class={asset.kind}>
      {title !== undefined && <p class="asset-title">{title}</p>}
      {asset.kind === 'audio' ? (
        <audio controls preload="none" src={safeHref(asset.src)} aria-label={title ?? caption} />
      ) : (
        <video
          controls
          preload="none"
          src={safeHref(asset.src)}
          poster={asset.poster?.src}
          width={asset.poster?.width}
          height={asset.poster?.height}
          aria-label={title ?? caption}
        />
      )}
      <p class="furniture">
        {asset.durationSeconds !== undefined && (
          <span class="num">{fmt.duration(asset.durationSeconds)}</span>
        )}{' '}
        {asset.transcriptHref !== undefined && <a href={safeHref(asset.transcriptHref)}>{t.transcript}</a>}
      </p>
      <Caption caption={caption} credit={credit} />
    </figure>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url;
}

/** A link to something of another site; nothing of that site is loaded here. */
export function renderEmbed(block: Extract<Block, { type: 'embed' }>, context: DocContext): VNode | null {
  const href = safeHref(block.attrs.url);
  if (href === undefined) return null;
  const { t } = context.ui;
  const name = block.attrs.provider ?? hostOf(href);
  return (
    <aside class="embed">
      <p>
        <a href={href} rel="noopener">
          {block.attrs.title ?? fill(t.openAt, { name })}
        </a>
      </p>
      <p class="furniture">
        {name}. {t.embedNote}
      </p>
    </aside>
  );
}
