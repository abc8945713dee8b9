import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** Writes a WordPress export of about `bytes` bytes into a file: one shape of story with its own words each. Returns how many stories. */
export async function writeBigWxr(file: string, bytes: number): Promise<number> {
  const out = createWriteStream(file);
  out.write(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old paper</title><link>https://old.example</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login><wp:author_display_name><![CDATA[Ann Writer]]></wp:author_display_name></wp:author>
`);
  let written = 0;
  let stories = 0;
  while (written < bytes) {
    stories += 1;
    const item = story(stories);
    written += item.length;
    if (!out.write(item)) await once(out, 'drain');
  }
  out.end('</channel></rss>\n');
  await once(out, 'finish');
  return stories;
}

const WORDS =
  'river council harbour budget minister school bridge train winter market vote court union garden engine letter museum island doctor radio'.split(
    ' ',
  );

/** About three kilobytes, as a short news story is. */
function story(n: number): string {
  const day = new Date(Date.UTC(2005, 0, 1) + n * 1_800_000).toISOString().slice(0, 19).replace('T', ' ');
  const paragraph = (p: number): string =>
    Array.from({ length: 60 }, (_, i) => WORDS[(n * (p + 3) + i * i * (p + 1)) % WORDS.length]).join(' ');
  const paragraphs = Array.from(
    { length: 6 },
    (_, p) => `<!-- wp:paragraph -->\n<p>Story ${n} tells of ${paragraph(p)}.</p>\n<!-- /wp:paragraph -->`,
  );
  const term = (kind: string, name: string) =>
    `<category domain="${kind}" nicename="${name}"><![CDATA[${name}]]></category>`;
  return `<item><title>Story number ${n} of the ${WORDS[n % WORDS.length]}</title><link>https://old.example/story-${n}/</link>
<dc:creator><![CDATA[ann]]></dc:creator><guid isPermaLink="false">https://old.example/?p=${n}</guid>
<content:encoded><![CDATA[${paragraphs.join('\n\n')}]]></content:encoded><excerpt:encoded><![CDATA[A short word on story ${n}.]]></excerpt:encoded>
<wp:post_id>${n}</wp:post_id><wp:post_date_gmt>${day}</wp:post_date_gmt><wp:post_name>story-${n}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
${term('category', `desk-${n % 7}`)}${term('post_tag', WORDS[n % WORDS.length] ?? '')}${term('post_tag', `tag-${n % 500}`)}</item>
`;
}
