import type { IncomingHttpHeaders } from 'node:http';
import { isbot } from 'isbot';

/** What a request is, by what its client says of itself. The rules are published: contracts/counting.md. */
export type Visitor = 'people' | 'previews' | 'bots';

/** Programs that fetch a page because somebody pasted its address: they show a headline and a picture to people. */
const PREVIEWS = new RegExp(
  [
    'facebookexternalhit|facebookcatalog|meta-externalfetcher',
    'twitterbot|slackbot|slack-imgproxy|discordbot|telegrambot|whatsapp|linkedinbot|pinterestbot|redditbot|vkshare|viber',
    'skypeuripreview|microsoftpreview|bingpreview|google-pagerenderer|iframely|embedly|opengraph|unfurl|link ?preview',
    'bluesky|cardyb|mastodon|pleroma|misskey|akkoma|lemmy|threads(?:bot)?/|line-poker|kakaotalk-scrap|snapchat|synapse|rocket\\.?chat|zulip',
  ].join('|'),
  'i',
);
/** In-app browsers of people, which bear the name of a program whose robot is one. */
const PEOPLE = /\bWhatsApp\/[\d.]+ (?:i|a)$/i;
const REMEMBERED = 2000;

/**
 * Tells by the User-Agent alone; answers are remembered, so that asking at every page costs a look-up. No User-Agent is a program's.
 */
export function makeVisitorOf(): (userAgent: string | undefined) => Visitor {
  const known = new Map<string, Visitor>();
  return (userAgent) => {
    if (userAgent === undefined || userAgent.trim() === '') return 'bots';
    let visitor = known.get(userAgent);
    if (visitor === undefined) {
      visitor =
        PREVIEWS.test(userAgent) && !PEOPLE.test(userAgent)
          ? 'previews'
          : isbot(userAgent)
            ? 'bots'
            : 'people';
      if (known.size >= REMEMBERED) known.clear();
      known.set(userAgent, visitor);
    }
    return visitor;
  };
}

/**
 * Whether nobody has seen it yet: a browser that fetches ahead says so (`Sec-Purpose`, Fetch Standard; older ones Purpose, X-Purpose and X-Moz).
 */
export function isAhead(headers: IncomingHttpHeaders): boolean {
  for (const name of ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']) {
    const value = headers[name];
    if (typeof value === 'string' && /\b(?:prefetch|prerender|preview)\b/i.test(value)) return true;
  }
  return false;
}

/** Whether the reader asks not to be followed: Do-Not-Track or Global Privacy Control. */
export function asksNotToBeFollowed(headers: IncomingHttpHeaders): boolean {
  return headers['dnt'] === '1' || headers['sec-gpc'] === '1';
}
