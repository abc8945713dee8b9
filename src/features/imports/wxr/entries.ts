import type { XmlSink, XmlTag } from '../input/xml.ts';

/** An entry of the channel as it stands in the file: names are `wp:post_id`, `content:encoded`, `title`. */
export type WxrEntry = {
  name: 'item' | 'wp:author' | 'wp:category' | 'wp:tag' | 'wp:term';
  /** The entry's ordinal in the file. */
  ordinal: number;
  fields: Readonly<Record<string, string>>;
  meta: ReadonlyMap<string, string>;
  categories: readonly { domain: string; nicename: string; name: string }[];
  comments: readonly Readonly<Record<string, string>>[];
};

export type WxrChannel = {
  title?: string;
  link?: string;
  language?: string;
  version?: string;
  site?: string;
  isWordPress: boolean;
  isRss: boolean;
};

const ENTRIES = new Set(['item', 'wp:author', 'wp:category', 'wp:tag', 'wp:term']);

type Open = {
  fields: Record<string, string>;
  meta: Map<string, string>;
  categories: WxrEntry['categories'][number][];
  comments: Record<string, string>[];
};

/** The name of an element as WordPress writes it, whatever prefix and version of the namespace the file uses. */
function nameOf({ local, uri }: XmlTag): string {
  if (uri === '') return local;
  if (/\/export\/[\d.]+\/excerpt/.test(uri) || uri === 'excerpt') return `excerpt:${local}`;
  if (/\/export\/[\d.]+\/?$/.test(uri) || uri === 'wp') return `wp:${local}`;
  if (uri.includes('/modules/content') || uri === 'content') return `content:${local}`;
  if (uri.includes('purl.org/dc/') || uri === 'dc') return `dc:${local}`;
  return `other:${local}`;
}

/** Gathers the entries of a WordPress export from its XML events; holds one entry at a time. */
export class WxrEntries implements XmlSink {
  readonly channel: WxrChannel = { isWordPress: false, isRss: false };
  #ready: WxrEntry[] = [];
  #depth = 0;
  #ordinal = 0;
  #entry: (Open & { name: WxrEntry['name'] }) | undefined;
  #field = '';
  /** The meta or comment that is open inside the entry. */
  #part: { name: string; fields: Record<string, string> } | undefined;
  #category: XmlTag | undefined;
  #text = '';

  take(): WxrEntry[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  open(tag: XmlTag): void {
    this.#depth += 1;
    const name = nameOf(tag);
    this.#text = '';
    if (this.#depth === 1) this.channel.isRss = name === 'rss' || tag.local === 'RDF';
    if (name.startsWith('wp:')) this.channel.isWordPress = true;
    if (this.#depth === 3 && ENTRIES.has(name))
      this.#entry = {
        name: name as WxrEntry['name'],
        fields: record(),
        meta: new Map(),
        categories: [],
        comments: [],
      };
    else if (this.#depth === 3) this.#field = name;
    else if (this.#entry !== undefined && this.#depth === 4) {
      this.#field = name;
      if (name === 'wp:postmeta' || name === 'wp:comment' || name === 'wp:termmeta')
        this.#part = { name, fields: record() };
      if (name === 'category') this.#category = tag;
    } else if (this.#depth === 5) this.#field = name;
  }

  text(text: string): void {
    this.#text += text;
  }

  close(tag: XmlTag): void {
    const text = this.#text;
    this.#text = '';
    if (this.#depth === 3 && this.#entry !== undefined) this.#finish(this.#entry);
    else if (this.#depth === 3) this.#channelField(nameOf(tag), text);
    else if (this.#depth === 4 && this.#entry !== undefined) this.#closeField(this.#entry, text);
    else if (this.#depth === 5 && this.#part !== undefined) this.#part.fields[this.#field] ??= text;
    this.#depth -= 1;
  }

  #channelField(name: string, text: string): void {
    const value = text.trim();
    if (value === '') return;
    if (name === 'title') this.channel.title ??= value;
    else if (name === 'link') this.channel.link ??= value;
    else if (name === 'language') this.channel.language ??= value;
    else if (name === 'wp:wxr_version') this.channel.version ??= value;
    else if (name === 'wp:base_blog_url') this.channel.site ??= value;
  }

  #closeField(entry: Open, text: string): void {
    const part = this.#part;
    this.#part = undefined;
    if (part?.name === 'wp:comment') entry.comments.push(part.fields);
    else if (part !== undefined) {
      const key = part.fields['wp:meta_key'];
      if (key !== undefined && !entry.meta.has(key)) entry.meta.set(key, part.fields['wp:meta_value'] ?? '');
    } else if (this.#category !== undefined) {
      const { domain = '', nicename = '' } = this.#category.attributes;
      entry.categories.push({ domain, nicename, name: text.trim() });
      this.#category = undefined;
    } else entry.fields[this.#field] ??= text;
  }

  #finish(entry: Open & { name: WxrEntry['name'] }): void {
    this.#ready.push({ ...entry, ordinal: this.#ordinal });
    this.#ordinal += 1;
    this.#entry = undefined;
  }
}

function record(): Record<string, string> {
  return Object.create(null) as Record<string, string>;
}
