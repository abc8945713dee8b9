import { expect, test } from 'vitest';
import { asksNotToBeFollowed, isAhead, makeVisitorOf } from './classify.ts';
import { sourceOf } from './sources.ts';

const people = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBBV/756351453;FBDV/iPhone16,1;FBMD/iPhone]',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP2A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36 Instagram 390.0.0.43.81 Android',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Twitter for iPhone/11.1.5',
  'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0',
  'Mozilla/5.0 (Linux; arm_64; Android 13; 22101316G) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 YaBrowser/25.8.0.138.00 SA/3 Mobile Safari/537.36',
  'Opera/9.80 (Android; Opera Mini/36.2.2254/191.249; U; en) Presto/2.12.423 Version/12.16',
];
const previews = [
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  'Twitterbot/1.0',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  'TelegramBot (like TwitterBot)',
  'WhatsApp/2.23.20.0',
  'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
  'Mozilla/5.0 (compatible; Pinterestbot/1.0; +https://www.pinterest.com/bot.html)',
  'Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)',
  'Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)',
  'Mastodon/4.4.1 (http.rb/5.3.1; +https://mastodon.social/) Bot',
  'Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; mailto:support@bsky.app)',
  'Iframely/1.3.1 (+https://iframely.com/docs/about)',
  'Synapse (bot; +https://github.com/matrix-org/synapse)',
];
const bots = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'CCBot/2.0 (https://commoncrawl.org/faq/)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
  'curl/8.14.1',
  'python-requests/2.32.4',
  'Go-http-client/2.0',
  'Wget/1.25.0',
  'okhttp/4.12.0',
  'Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)',
  'Apache-HttpClient/4.5.14 (Java/17.0.9)',
  'axios/1.7.9',
  '',
  undefined,
];

const visitorOf = makeVisitorOf();
test.each(people)('%s is of a person', (agent) => expect(visitorOf(agent)).toBe('people'));
test.each(previews)('%s shows a link to people', (agent) => expect(visitorOf(agent)).toBe('previews'));
test.each(bots)('%s is a program', (agent) => expect(visitorOf(agent)).toBe('bots'));

test('what is fetched ahead says so in one of four headers', () => {
  expect(isAhead({ 'sec-purpose': 'prefetch;prerender' })).toBe(true);
  expect(isAhead({ 'sec-purpose': 'prefetch;anonymous-client-ip' })).toBe(true);
  expect(isAhead({ purpose: 'prefetch' })).toBe(true);
  expect(isAhead({ 'x-purpose': 'preview' })).toBe(true);
  expect(isAhead({ 'x-moz': 'prefetch' })).toBe(true);
  expect(isAhead({ 'sec-fetch-dest': 'document' })).toBe(false);
});

test('a wish not to be followed is a 1 and nothing else', () => {
  expect(asksNotToBeFollowed({ dnt: '1' })).toBe(true);
  expect(asksNotToBeFollowed({ 'sec-gpc': '1' })).toBe(true);
  expect(asksNotToBeFollowed({ dnt: '0' })).toBe(false);
  expect(asksNotToBeFollowed({})).toBe(false);
});

test.each([
  ['', 'none'],
  ['paper.example', 'site'],
  ['www.google.com', 'search'],
  ['www.google.co.uk', 'search'],
  ['news.google.com', 'news'],
  ['duckduckgo.com', 'search'],
  ['yandex.ru', 'search'],
  ['www.bing.com', 'search'],
  ['t.co', 'social'],
  ['m.facebook.com', 'social'],
  ['l.facebook.com', 'social'],
  ['out.reddit.com', 'social'],
  ['mastodon.social', 'social'],
  ['bsky.app', 'social'],
  ['mail.google.com', 'mail'],
  ['outlook.live.com', 'mail'],
  ['blog.example', 'other'],
  ['notgoogle.com', 'other'],
  ['google.com.evil.example', 'other'],
  ['<script>', 'other'],
])('who comes from %s comes from %s', (host, source) => {
  expect(sourceOf(host, 'paper.example')).toBe(source);
});
