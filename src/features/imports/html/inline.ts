import type { Mark } from '../../../contract/document.ts';
import { directionOf, isLanguageTag } from '../../../base/text.ts';

export type Attrs = Readonly<Record<string, string>>;

const SIMPLE: Readonly<Record<string, Mark['type']>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  dfn: 'italic',
  var: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
  sub: 'subscript',
  sup: 'superscript',
};

const INLINE = new Set([
  ...Object.keys(SIMPLE),
  'span',
  'font',
  'abbr',
  'acronym',
  'small',
  'big',
  'mark',
  'q',
  'bdi',
  'bdo',
  'time',
  'data',
  'ruby',
  'rt',
  'rp',
  'rb',
  'label',
  'nobr',
  'blink',
  'a',
  'output',
  'meter',
  'progress',
  'button',
  'select',
  'optgroup',
  'textarea',
  'dateline-link',
]);

export function isInline(tag: string): boolean {
  return INLINE.has(tag);
}

/** The marks that an inline element stands for, its style and language included; links apart. */
export function marksOf({ tag, attrs }: { tag: string; attrs: Attrs }, language: string | undefined): Mark[] {
  const marks: Mark[] = [];
  const style = attrs['style']?.toLowerCase() ?? '';
  const simple = SIMPLE[tag];
  // Word processors wrap whole texts in <b style="font-weight:normal">.
  const undone =
    (simple === 'bold' && /font-weight:\s*(normal|400)/.test(style)) ||
    (simple === 'italic' && /font-style:\s*normal/.test(style));
  if (simple !== undefined && !undone) marks.push({ type: simple } as Mark);
  if (style !== '') {
    if (simple !== 'bold' && /font-weight:\s*(bold|bolder|[6-9]00)/.test(style)) marks.push({ type: 'bold' });
    if (simple !== 'italic' && /font-style:\s*(italic|oblique)/.test(style)) marks.push({ type: 'italic' });
    if (/text-decoration(-line)?:[^;]*line-through/.test(style)) marks.push({ type: 'strike' });
    if (tag !== 'a' && /text-decoration(-line)?:[^;]*underline/.test(style))
      marks.push({ type: 'underline' });
    if (/vertical-align:\s*super/.test(style)) marks.push({ type: 'superscript' });
    if (/vertical-align:\s*sub/.test(style)) marks.push({ type: 'subscript' });
  }
  const lang = languageTag(attrs['lang'] ?? attrs['xml:lang'] ?? '');
  const dir = attrs['dir']?.toLowerCase();
  if (lang !== undefined && lang !== language)
    marks.push({
      type: 'language',
      attrs: {
        lang,
        ...(dir === 'ltr' || dir === 'rtl'
          ? { dir }
          : differs(lang, language)
            ? { dir: directionOf(lang) }
            : {}),
      },
    });
  return marks;
}

function differs(lang: string, language: string | undefined): boolean {
  return language !== undefined && directionOf(lang) !== directionOf(language);
}

/** A language tag in the form we accept (`en_us` → `en-US`), or undefined. */
export function languageTag(text: string): string | undefined {
  const raw = text.trim().replaceAll('_', '-');
  if (raw === '' || raw.length > 35) return undefined;
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(raw);
    if (isLanguageTag(canonical)) return canonical;
    const { language, script, region } = new Intl.Locale(canonical);
    const short = [language, script, region].filter((part) => part !== undefined).join('-');
    return isLanguageTag(short) ? short : undefined;
  } catch {
    return undefined;
  }
}
