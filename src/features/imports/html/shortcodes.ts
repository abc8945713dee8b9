/** WordPress shortcodes, `[name attr="x"]…[/name]`, made into tags that the tokenizer knows, so that markup inside them is kept. */

export type ShortcodeAttrs = { named: Readonly<Record<string, string>>; positional: readonly string[] };

/** The tag that stands for a shortcode. */
export const SHORTCODE = 'sc-';

const MAX_LENGTH = 8_000;
const NAME = /\[(\[?)(\/?)([a-zA-Z][a-zA-Z0-9_-]{0,60})(?=[\s\]=/:])/y;
const OWN = new Set(['caption', 'wp_caption', 'gallery', 'audio', 'video', 'playlist', 'embed']);

/**
 * Rewrites shortcodes as tags. Square brackets in prose (`[sic]`, `[the minister]`) stay text: a bracket is a shortcode when it is one of
 * WordPress's own, has attributes, ends with `/]`, has an end tag, has `_` or `-` in its name, or stands in a shortcode block.
 * A lone word that might be one stays too and is told to `onDoubt`.
 */
export function rewriteShortcodes(html: string, onDoubt: (name: string) => void): string {
  if (!html.includes('[')) return html;
  const ended = new Set(
    Array.from(html.matchAll(/\[\/([a-zA-Z][a-zA-Z0-9_-]{0,60})\]/g), (match) => match[1] ?? ''),
  );
  let out = '';
  let done = 0;
  let inBlock = false;
  let noMoreTags = false;
  for (let i = nextMark(html, 0); i < html.length; i = nextMark(html, i)) {
    if (html[i] === '<') {
      if (html.startsWith('<!--', i)) {
        const end = html.indexOf('-->', i + 4);
        if (end < 0) break;
        if (html.startsWith('<!-- wp:shortcode', i)) inBlock = true;
        else if (html.startsWith('<!-- /wp:shortcode', i)) inBlock = false;
        i = end + 3;
      } else if (!noMoreTags && /[a-zA-Z/]/.test(html[i + 1] ?? '')) {
        const end = endOfTag(html, i);
        if (end < 0) noMoreTags = true;
        i = end < 0 ? i + 1 : end;
      } else i += 1;
      continue;
    }
    const found = shortcodeAt(html, i);
    if (found === undefined) {
      i += 1;
      continue;
    }
    const { name, end, closing, escaped, rest, selfClosing } = found;
    out += html.slice(done, i);
    const isOne =
      OWN.has(name) || inBlock || ended.has(name) || rest !== '' || selfClosing || /[_-]/.test(name);
    if (escaped) out += html.slice(i + 1, end - 1);
    else if (closing && isOne) out += `</${SHORTCODE}${name.toLowerCase()}>`;
    else if (
      isOne &&
      (rest === '' ||
        rest.startsWith('=') ||
        OWN.has(name) ||
        ended.has(name) ||
        inBlock ||
        looksLikeAttributes(rest))
    )
      out += `<${SHORTCODE}${name.toLowerCase()} data-a="${rest.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`;
    else {
      if (rest === '' && /^[a-z][a-z0-9]{2,}$/.test(name) && name !== 'sic') onDoubt(name);
      out += html.slice(i, end);
    }
    done = end;
    i = end;
  }
  return out + html.slice(done);
}

function nextMark(html: string, from: number): number {
  for (let i = from; i < html.length; i += 1) {
    const code = html.charCodeAt(i);
    if (code === 0x3c || code === 0x5b) return i;
  }
  return html.length;
}

/** The position behind the `>` of a tag, quotes respected; -1 when there is none. */
function endOfTag(html: string, start: number): number {
  let quote = '';
  const limit = Math.min(html.length, start + 100_000);
  for (let i = start + 1; i < limit; i += 1) {
    const char = html[i] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && html[i - 1] === '=') quote = char;
    else if (char === '>') return i + 1;
  }
  const plain = html.indexOf('>', start);
  return plain < 0 ? -1 : plain + 1;
}

type Found = {
  name: string;
  end: number;
  closing: boolean;
  escaped: boolean;
  rest: string;
  selfClosing: boolean;
};

function shortcodeAt(html: string, at: number): Found | undefined {
  NAME.lastIndex = at;
  const match = NAME.exec(html);
  if (match === null) return undefined;
  let i = NAME.lastIndex;
  let quote = '';
  const limit = Math.min(html.length, i + MAX_LENGTH);
  for (; i < limit; i += 1) {
    const char = html[i];
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if ((char === '"' || char === "'") && html[i - 1] === '=') quote = char;
    else if (char === ']' || char === '[') break;
  }
  if (html[i] !== ']') return undefined;
  const raw = html.slice(NAME.lastIndex, i).trim();
  const selfClosing = raw.endsWith('/') && !/https?:\S*\/$/.test(raw);
  const escaped = match[1] === '[' && html[i + 1] === ']';
  if (match[1] === '[' && !escaped) return undefined;
  return {
    name: match[3] ?? '',
    end: i + (escaped ? 2 : 1),
    closing: match[2] === '/',
    escaped,
    rest: selfClosing ? raw.slice(0, -1).trim() : raw,
    selfClosing,
  };
}

/** Whether what follows a name in brackets is attributes or an address rather than prose. */
function looksLikeAttributes(rest: string): boolean {
  return /^[\w-]+\s*=\s*("|'|\w)|\s[\w-]+=("|')|^https?:\/\/\S+$|^#?\d+$/.test(rest);
}

const ATTRIBUTE =
  /([\w-]+)\s*=\s*"([^"]*)"|([\w-]+)\s*=\s*'([^']*)'|([\w-]+)\s*=\s*([^\s'"]+)|"([^"]*)"|'([^']*)'|(\S+)/g;

/** The attributes of a shortcode, as WordPress reads them; HTML entities in the text were resolved by the tokenizer. */
export function parseShortcodeAttrs(text: string): ShortcodeAttrs {
  const named: Record<string, string> = Object.create(null) as Record<string, string>;
  const positional: string[] = [];
  // `[youtube=https://…]` and `[googlemaps https://…]`.
  const straightened = text.replace(/^[=:]\s*/, '').replace(/[“”″]/g, '"');
  for (const match of straightened.matchAll(ATTRIBUTE)) {
    const name = match[1] ?? match[3] ?? match[5];
    const value = match[2] ?? match[4] ?? match[6] ?? match[7] ?? match[8] ?? match[9] ?? '';
    if (name === undefined || /^https?$/.test(name) || /^https?:\/\/\S+$/.test(match[0]))
      positional.push(name === undefined ? value : match[0]);
    else named[name.toLowerCase()] = value;
  }
  return { named, positional };
}
