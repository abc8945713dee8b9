type Provider = { name: string; hosts: RegExp; path?: RegExp };

/** Sites whose pages news sites embed; an address alone on a line becomes an embed only when it is of one of these. */
const PROVIDERS: readonly Provider[] = [
  {
    name: 'YouTube',
    hosts: /^((www|m|music)\.)?youtube(-nocookie)?\.com$/,
    path: /^\/(watch|embed|shorts|live|playlist|v\/)/,
  },
  { name: 'YouTube', hosts: /^youtu\.be$/ },
  { name: 'Vimeo', hosts: /^((www|player)\.)?vimeo\.com$/ },
  {
    name: 'X',
    hosts: /^((www|mobile|m)\.)?(twitter|x)\.com$/,
    path: /^\/[^/]+\/(status(es)?|moments|timelines|events)\/|^\/i\//,
  },
  {
    name: 'Facebook',
    hosts: /^((www|m|web)\.)?facebook\.com$|^fb\.watch$/,
    path: /\/(posts|videos|photos|permalink|plugins|watch|reel|story|share)|photo\.php|video\.php/,
  },
  { name: 'Instagram', hosts: /^(www\.)?(instagram\.com|instagr\.am)$/, path: /\/(p|reel|tv)\// },
  { name: 'TikTok', hosts: /^((www|vm)\.)?tiktok\.com$/ },
  { name: 'Threads', hosts: /^(www\.)?threads\.(net|com)$/ },
  { name: 'Bluesky', hosts: /^bsky\.app$|^embed\.bsky\.app$/ },
  { name: 'Telegram', hosts: /^(t\.me|telegram\.me)$/, path: /^\/[^/]+\/\d+/ },
  { name: 'VK', hosts: /^((www|m)\.)?(vk\.com|vkvideo\.ru)$/ },
  { name: 'Rutube', hosts: /^(www\.)?rutube\.ru$/ },
  { name: 'Dailymotion', hosts: /^(www\.|geo\.)?dailymotion\.com$|^dai\.ly$/ },
  { name: 'SoundCloud', hosts: /^((www|w|m|on)\.)?soundcloud\.com$/ },
  { name: 'Spotify', hosts: /^(open|play)\.spotify\.com$/ },
  { name: 'Apple Podcasts', hosts: /^(embed\.)?podcasts\.apple\.com$/ },
  { name: 'Mixcloud', hosts: /^(www\.)?mixcloud\.com$/ },
  { name: 'Flickr', hosts: /^((www|m)\.)?flickr\.com$|^flic\.kr$/ },
  { name: 'Reddit', hosts: /^((www|old|embed)\.)?reddit\.com$/, path: /\/comments\// },
  { name: 'Pinterest', hosts: /^(www\.)?pinterest\.[a-z.]+$/, path: /^\/pin\// },
  { name: 'Tumblr', hosts: /\.tumblr\.com$/, path: /^\/post\// },
  { name: 'SlideShare', hosts: /^(www\.)?slideshare\.net$/ },
  { name: 'Scribd', hosts: /^(www\.)?scribd\.com$/ },
  { name: 'Issuu', hosts: /^(www\.|e\.)?issuu\.com$/ },
  { name: 'TED', hosts: /^(www\.|embed\.)?ted\.com$/, path: /^\/talks\// },
  { name: 'WordPress.tv', hosts: /^(www\.)?wordpress\.tv$/ },
  { name: 'VideoPress', hosts: /^(videopress\.com|video\.wordpress\.com)$/ },
  { name: 'Datawrapper', hosts: /^datawrapper\.dwcdn\.net$|^(www\.)?datawrapper\.de$/ },
  { name: 'Flourish', hosts: /^(flo\.uri\.sh|public\.flourish\.studio)$/ },
  { name: 'Infogram', hosts: /^(e\.)?infogram\.com$/ },
  { name: 'Google Maps', hosts: /^(www\.)?google\.[a-z.]+$|^maps\.google\.[a-z.]+$/, path: /^\/maps/ },
  { name: 'OpenStreetMap', hosts: /^(www\.)?openstreetmap\.org$/, path: /^\/export\/embed/ },
  { name: 'GitHub Gist', hosts: /^gist\.github\.com$/ },
  { name: 'CodePen', hosts: /^codepen\.io$/ },
  { name: 'Imgur', hosts: /^(www\.)?imgur\.com$/ },
  { name: 'Kickstarter', hosts: /^(www\.)?kickstarter\.com$/, path: /^\/projects\// },
  { name: 'Twitch', hosts: /^((www|clips|player)\.)?twitch\.tv$/ },
  { name: 'Bandcamp', hosts: /(^|\.)bandcamp\.com$/, path: /EmbeddedPlayer|\/(album|track)\// },
];

/** The name of the provider whose embeddable page an address is, or undefined. */
export function embedProvider(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname } = new URL(address);
  return PROVIDERS.find((p) => p.hosts.test(hostname) && (p.path === undefined || p.path.test(pathname)))
    ?.name;
}

/** The page that a player's address shows, so that the link leads readers to something of use. */
function pageAddress(address: string): string {
  const url = new URL(address);
  const host = url.hostname.replace(/^www\./, '');
  const last = /^\/(?:embed|v|shorts|live)\/([\w-]{6,})/.exec(url.pathname)?.[1];
  if (/^youtube(-nocookie)?\.com$/.test(host) && last !== undefined && last !== 'videoseries')
    return `https://www.youtube.com/watch?v=${last}`;
  if (host === 'youtube.com' || host === 'youtube-nocookie.com') {
    const list = url.searchParams.get('list');
    if (last === 'videoseries' && list !== null)
      return `https://www.youtube.com/playlist?list=${encodeURIComponent(list)}`;
  }
  const vimeo = host === 'player.vimeo.com' ? /^\/video\/(\d+)/.exec(url.pathname)?.[1] : undefined;
  if (vimeo !== undefined) return `https://vimeo.com/${vimeo}`;
  const dailymotion = host.endsWith('dailymotion.com')
    ? /^\/embed\/video\/(\w+)/.exec(url.pathname)?.[1]
    : undefined;
  if (dailymotion !== undefined) return `https://www.dailymotion.com/video/${dailymotion}`;
  if (host === 'open.spotify.com') url.pathname = url.pathname.replace(/^\/embed\//, '/');
  if (host === 'facebook.com' && url.pathname.startsWith('/plugins/')) {
    const shown = url.searchParams.get('href');
    if (shown !== null && /^https?:\/\//.test(shown)) return shown;
  }
  if (host === 'w.soundcloud.com') {
    const shown = url.searchParams.get('url');
    if (shown !== null && /^https?:\/\//.test(shown)) return shown;
  }
  return url.href;
}

/** The attributes of an embed node for an absolute http(s) address. */
export function embedAttrs(
  address: string,
  title?: string,
): { url: string; provider?: string; title?: string } {
  const provider = embedProvider(address);
  const page = pageAddress(address);
  const shownTitle = title?.replace(/\s+/g, ' ').trim().slice(0, 500) ?? '';
  return {
    url: page.length <= 2048 ? page : address,
    ...(provider === undefined ? {} : { provider }),
    ...(shownTitle === '' ? {} : { title: shownTitle.toWellFormed() }),
  };
}
