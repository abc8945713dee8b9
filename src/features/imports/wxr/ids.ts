import { createHash } from 'node:crypto';
import type { WxrEntry } from './entries.ts';

/** What an <item> is: `post` where the export does not say, as the oldest do not. */
export function typeOf({ fields }: WxrEntry): string {
  const type = fields['wp:post_type']?.trim() ?? '';
  return type === '' ? 'post' : type;
}

/** `post:12`, `attachment:7`; from the address or title where a file was stripped of its numbers. */
export function externalIdOf(entry: WxrEntry): string {
  const { fields } = entry;
  const kind = typeOf(entry) === 'attachment' ? 'attachment' : 'post';
  const id = fields['wp:post_id']?.trim() ?? '';
  if (id !== '') return `${kind}:${id}`;
  const known = [fields['guid'], fields['link'], `${fields['title'] ?? ''} ${fields['pubDate'] ?? ''}`].find(
    (text) => text !== undefined && text.trim() !== '',
  );
  return `${kind}:${createHash('sha256')
    .update(known ?? String(entry.ordinal))
    .digest('hex')
    .slice(0, 20)}`;
}

/** A slug as words: WordPress stores other scripts percent-encoded. */
export function slugOf(text: string | undefined): string {
  const raw = text?.trim() ?? '';
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
