export const sources = ['none', 'site', 'search', 'social', 'news', 'mail', 'other', 'untold'] as const;
export type Source = (typeof sources)[number];

/** By the name of the host and those above it: `www.google.de` is `google.`. */
const KNOWN: readonly [Source, RegExp][] = [
  [
    'news',
    /^(?:news\.(?:google|yahoo)\.|.*\b(?:flipboard|smartnews|newsbreak|upday|feedly|inoreader|newsblur|pocket|getpocket|ground\.news|apple\.news)\b)/,
  ],
  [
    'mail',
    /(?:^|\.)(?:mail\.google|outlook\.(?:live|office)|mail\.(?:yahoo|ru|proton)|mail\.aol|webmail)\b|^com\.google\.android\.gm$/,
  ],
  [
    'search',
    /(?:^|\.)(?:google|bing|yahoo|yandex|baidu|ecosia|qwant|startpage|seznam|naver|daum|sogou|kagi|mojeek|presearch|you|perplexity|chatgpt)\.(?:[a-z]{2,3}\.)?[a-z]{2,6}$|(?:^|\.)(?:duckduckgo\.com|search\.brave\.com|ya\.ru|so\.com|swisscows\.com)$/,
  ],
  [
    'social',
    /(?:^|\.)(?:facebook|instagram|threads|twitter|linkedin|reddit|pinterest|tiktok|youtube|tumblr|vk|ok|weibo|snapchat|whatsapp|telegram|discord|quora|mastodon|bsky|lemmy|line)\.[a-z]+$|^(?:t\.co|x\.com|t\.me|lnkd\.in|l\.facebook\.com|youtu\.be|fb\.me|news\.ycombinator\.com|lobste\.rs|.*\.social|com\.twitter\.android|org\.telegram\.messenger)$/,
  ],
];

/**
 * The class of a referrer's host; the host itself is kept nowhere. `none`: there was none. `site`: this site.
 */
export function sourceOf(host: string, ownHost: string): Source {
  const name = host.trim().toLowerCase().replace(/:\d+$/, '');
  if (name === '') return 'none';
  if (name === ownHost) return 'site';
  if (!/^[a-z0-9.-]{1,253}$/.test(name)) return 'other';
  return KNOWN.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}
