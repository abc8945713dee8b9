import { escapeHtml } from '../../features/feeds/doc-html.ts';
import { writeTable } from './files.ts';
import type { MirrorIndex } from './index.store.ts';

/** A page for servers that read no table of redirects: it leads on by itself, or by a click. */
export function movedPage(location: string): string {
  const to = escapeHtml(location);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="robots" content="noindex"><title>${to}</title><meta http-equiv="refresh" content="0; url=${to}"><link rel="canonical" href="${to}"><p><a href="${to}">${to}</a></p></html>\n`;
}

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '%24')}"`;

/** nginx compares with the decoded path. */
function decoded(address: string): string {
  return decodeURIComponent(address.split('?')[0] ?? address);
}

/**
 * What is not a file: where old addresses lead and which stories are withdrawn, as maps for nginx (`deploy/nginx-mirror.conf` reads them)
 * and as the `_redirects` that several static hosts read.
 */
export async function writeTables(folder: string, index: MirrorIndex): Promise<void> {
  const redirects = index.redirects();
  const found = redirects.filter((row) => row.status === 302 || row.status === 307);
  const moved = redirects.filter((row) => !found.includes(row));
  const line = (row: { address: string; location: string }): string =>
    `${quoted(decoded(row.address))} ${quoted(row.location)};`;
  await writeTable({ root: folder, file: '.mirror/moved.map' }, moved.map(line));
  await writeTable({ root: folder, file: '.mirror/found.map' }, found.map(line));
  await writeTable(
    { root: folder, file: '.mirror/withdrawn.map' },
    index.withdrawn().map((row) => `${quoted(decoded(row.address))} ${row.status};`),
  );
  await writeTable(
    { root: folder, file: '_redirects' },
    redirects.map((row) => `${row.address} ${row.location} ${row.status}`),
  );
}
