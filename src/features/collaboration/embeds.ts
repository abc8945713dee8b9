import type { Outbound } from '../../base/outbound.ts';
import { Problem } from '../../base/problem.ts';

/** A service whose posts and videos have a title of their own by oEmbed (oembed.com): nothing else is asked. */
type Provider = { readonly name: string; readonly hosts: RegExp; readonly endpoint: string };

const PROVIDERS: readonly Provider[] = [
  {
    name: 'YouTube',
    hosts: /^(www\.|m\.)?(youtube\.com|youtu\.be)$/,
    endpoint: 'https://www.youtube.com/oembed',
  },
  { name: 'Vimeo', hosts: /^(www\.|player\.)?vimeo\.com$/, endpoint: 'https://vimeo.com/api/oembed.json' },
  { name: 'SoundCloud', hosts: /^(www\.|on\.)?soundcloud\.com$/, endpoint: 'https://soundcloud.com/oembed' },
  { name: 'Spotify', hosts: /^open\.spotify\.com$/, endpoint: 'https://open.spotify.com/oembed' },
  { name: 'TikTok', hosts: /^(www\.|vm\.)?tiktok\.com$/, endpoint: 'https://www.tiktok.com/oembed' },
  { name: 'X', hosts: /^(www\.|mobile\.)?(x|twitter)\.com$/, endpoint: 'https://publish.twitter.com/oembed' },
  { name: 'Bluesky', hosts: /^bsky\.app$/, endpoint: 'https://embed.bsky.app/oembed' },
  {
    name: 'Flickr',
    hosts: /^(www\.)?(flickr\.com|flic\.kr)$/,
    endpoint: 'https://www.flickr.com/services/oembed/',
  },
  {
    name: 'Dailymotion',
    hosts: /^(www\.)?(dailymotion\.com|dai\.ly)$/,
    endpoint: 'https://www.dailymotion.com/services/oembed',
  },
  { name: 'TED', hosts: /^(www\.)?ted\.com$/, endpoint: 'https://www.ted.com/services/v1/oembed.json' },
  {
    name: 'Datawrapper',
    hosts: /^(www\.)?datawrapper\.(dwcdn\.net|de)$/,
    endpoint: 'https://api.datawrapper.de/v3/oembed/',
  },
];

export type EmbedFound = {
  readonly provider: string | null;
  readonly title: string | null;
  readonly known: boolean;
};

const MAX_BYTES = 200_000;
const PATIENCE_MS = 4000;

/**
 * What a post or video of another site is called. Only the listed services are asked, at their own addresses and through the guarded way
 * out; whatever they answer beside a title (markup above all) is thrown away. A service that does not answer costs its title only.
 */
export async function lookUpEmbed(outbound: Outbound, address: string): Promise<EmbedFound> {
  if (!URL.canParse(address))
    throw new Problem('invalid', 'This is no address.', undefined, { fields: { '?url': 'no address' } });
  const url = new URL(address);
  const provider = PROVIDERS.find(({ hosts }) => hosts.test(url.hostname));
  if (provider === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return { provider: null, title: null, known: false };
  const query = new URLSearchParams({ url: url.href, format: 'json' });
  try {
    const answer = await outbound.fetch(`${provider.endpoint}?${query.toString()}`, {
      maxBytes: MAX_BYTES,
      timeoutMs: PATIENCE_MS,
      headers: { accept: 'application/json' },
    });
    return {
      provider: provider.name,
      title: answer.status === 200 ? titleIn(answer.body) : null,
      known: true,
    };
  } catch {
    return { provider: provider.name, title: null, known: true };
  }
}

function titleIn(body: Uint8Array): string | null {
  const said: unknown = JSON.parse(new TextDecoder().decode(body));
  const member = (name: string): string | undefined => {
    const value =
      typeof said === 'object' && said !== null ? (said as Record<string, unknown>)[name] : undefined;
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  return (member('title') ?? member('author_name') ?? '').replace(/\s+/g, ' ').slice(0, 500) || null;
}
