import { visible } from './fold.ts';

export type Link = {
  /** As it stands in the text. */
  readonly written: string;
  /** Lower case, in ASCII (punycode), without `www.`. */
  readonly host: string;
};

/** Services whose addresses say nothing of where they lead. */
const SHORTENERS = new Set(
  (
    'adf.ly bit.do bit.ly bitly.com buff.ly clck.ru cutt.ly goo.gl goo.su is.gd j.mp lnkd.in n9.cl ow.ly rb.gy rebrand.ly s.id ' +
    'short.io shorturl.at shorte.st soo.gd surl.li t.co t.ly t2m.io tiny.cc tiny.one tinyurl.com tr.im u.to v.gd vk.cc x.co y2u.be'
  ).split(' '),
);

export function isShortener(host: string): boolean {
  return SHORTENERS.has(host);
}

const ADDRESS = /(?:h(?:tt|xx)ps?:\/\/|\/\/|www\.)[^\s<>"'“”«»]+/giu;
const DOTTED =
  /(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(?:\s?[[({]\s?(?:dot|\.)\s?[\])}]\s?|\.))+(?:[a-z]{2,18}|xn--[a-z0-9-]+|рф|укр|бел|中国|中國|भारत)(?![\p{L}\p{N}])(?:[/:?#][^\s<>"'“”«»]*)?/giu;
/** Endings that bare words with a dot are taken for addresses by: anything else ("e.g", "end.The") is a missing space. */
const ENDINGS = new Set(
  (
    'com net org info biz io co me tv app dev xyz top club site online shop store link click live pro vip win bet casino loan work ' +
    'ru ua by kz de at ch fr es it pt nl be pl cz sk hu ro bg gr tr uk eu us ca au nz in cn jp kr br mx ar cl za ng ke eg sa ae ir il ' +
    'se no fi dk is ie lt lv ee su рф укр бел 中国 中國 भारत'
  ).split(' '),
);

/** The links of a text and of its marks; each address once. Defanged ones ("hxxp://", "evil[.]com") are links. */
export function linksOf(text: string, hrefs: readonly string[] = []): Link[] {
  const found = new Map<string, Link>();
  const add = (written: string, address: string): void => {
    const host = hostOf(address);
    if (host === undefined) return;
    const key = `${host} ${address
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/^www\./i, '')
      .replace(/\/$/, '')}`;
    if (!found.has(key)) found.set(key, { written: written.slice(0, 300), host });
  };
  const plain = visible(text);
  const rest = plain.replace(ADDRESS, (match) => {
    const written = match.replace(/[).,;:!?\]}'"]+$/u, '');
    add(written, written.replace(/^hxxp/i, 'http').replace(/^(?:\/\/|www\.)/i, 'http://'));
    return ' '.repeat(match.length);
  });
  for (const match of rest.matchAll(DOTTED)) {
    const address = match[0].replace(/\s?[[({]\s?(?:dot|\.)\s?[\])}]\s?/giu, '.');
    const ending = /\.([^./:?#]+)(?:[/:?#]|$)/u.exec(address.split(/[/?#:]/u)[0] ?? '')?.[1];
    const last = (address.split(/[/?#:]/u)[0] ?? '').split('.').at(-1)?.toLowerCase() ?? ending ?? '';
    const defanged = address !== match[0];
    const known = SHORTENERS.has((address.split(/[/?#:]/u)[0] ?? '').toLowerCase());
    if (defanged || known || ENDINGS.has(last) || last.startsWith('xn--'))
      add(match[0].trim(), `http://${address}`);
  }
  for (const href of hrefs) if (/^https?:/i.test(href)) add(href, href);
  return [...found.values()];
}

/** A text without its links; what an address is written with changes from copy to copy. */
export function withoutLinks(text: string): string {
  // The longest first: one may be the beginning of another.
  const written = linksOf(text)
    .map((link) => link.written)
    .sort((a, b) => b.length - a.length);
  return written.reduce((rest, address) => rest.replaceAll(address, ' '), visible(text));
}

function hostOf(address: string): string | undefined {
  const full = /^[a-z]+:\/\//i.test(address) ? address : `http://${address.replace(/^\/\//, '')}`;
  const withDots = full.replace(/\[\.\]|\(\.\)/g, '.');
  if (!URL.canParse(withDots)) return undefined;
  const host = new URL(withDots).hostname
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return host === '' || !host.includes('.') ? undefined : host;
}
