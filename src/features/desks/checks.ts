import type { Instant } from '../../base/clock.ts';
import type { ArticleContent } from '../../contract/article.ts';
import {
  type CheckLevel,
  type CheckName,
  checkNames,
  defaultLevels,
  type DeskRules,
  type Finding,
  type Place,
} from '../../contract/desks.ts';
import { linksIn, picturesIn } from './places.ts';

/** What the checks know beyond the text itself. */
export type CheckFacts = {
  /** When readers would see it. */
  readonly at: Instant;
  readonly assets: ReadonlyMap<string, AssetFacts>;
  readonly links: ReadonlyMap<string, LinkFacts>;
  /** Other articles under the same headline. */
  readonly twins: readonly { readonly id: string; readonly headline: string }[];
  /** Approvals of this very revision by others than who wrote it. */
  readonly approvals: number;
  readonly ticks: ReadonlyMap<string, { readonly revision: number }>;
  readonly revision: number;
};
export type AssetFacts = {
  readonly kind: string;
  readonly fileName: string;
  readonly credit: string;
  readonly alt: string;
  readonly rightsExpireAt: Instant | null;
  readonly withdrawn: boolean;
};
export type LinkFacts = {
  readonly state: 'waiting' | 'alive' | 'dead' | 'unsure';
  readonly detail: string;
};

type Found = Omit<Finding, 'check' | 'level'> & { readonly level?: 'warn' | 'block' };
type Check = (content: ArticleContent, facts: CheckFacts, rules: DeskRules) => Found[];

const fails = (
  code: string,
  say: { message: string; mend: string; place?: Place; values?: Finding['values'] },
): Found => ({
  code,
  state: 'fails',
  message: say.message,
  mend: say.mend,
  values: say.values ?? {},
  ...(say.place === undefined ? {} : { place: say.place }),
});

export function levelOf(rules: DeskRules, check: CheckName): CheckLevel {
  return rules.checks[check] ?? defaultLevels[check];
}

/** Everything that a desk's checks find in an article, blocks first. Pure: the same text and facts give the same findings. */
export function findings(content: ArticleContent, facts: CheckFacts, rules: DeskRules): Finding[] {
  const all = checkNames.flatMap((check) => {
    const level = levelOf(rules, check);
    if (level === 'off') return [];
    return checks[check](content, facts, rules).map((found): Finding => ({
      ...found,
      check,
      // An item of a list may ask for less than the list, never for more.
      level: found.level === 'warn' ? 'warn' : level,
    }));
  });
  return [
    ...all.filter((finding) => finding.level === 'block'),
    ...all.filter((finding) => finding.level === 'warn'),
  ];
}

const lengthOf = (text: string): number => [...new Intl.Segmenter().segment(text)].length;

const checks: Readonly<Record<CheckName, Check>> = {
  headline: ({ headline }, _facts, { headlineMin, headlineMax }) => {
    const length = lengthOf(headline.trim());
    const place = { pointer: '/headline' };
    if (length > headlineMax)
      return [
        fails('headline.long', {
          message: `The headline has ${length} characters; this desk takes ${headlineMax} at most.`,
          mend: `Take out ${length - headlineMax}.`,
          place,
          values: { length, max: headlineMax, over: length - headlineMax },
        }),
      ];
    if (length < headlineMin)
      return [
        fails('headline.short', {
          message: `The headline has ${length} characters; this desk wants ${headlineMin} at least.`,
          mend: 'Say more of the news in it.',
          place,
          values: { length, min: headlineMin },
        }),
      ];
    return [];
  },
  'duplicate-headline': ({ headline }, { twins }) =>
    twins.slice(0, 1).map((twin) =>
      fails('headline.duplicate', {
        message: 'Another article has the very same headline.',
        mend: 'Write another one, or open the other article: it may be the same story.',
        place: { pointer: '/headline', excerpt: headline },
        values: { article: twin.id },
      }),
    ),
  lede: ({ lede, kind }) =>
    kind === 'page' || lede.trim() !== ''
      ? []
      : [
          fails('lede.absent', {
            message:
              'There is no lede: lists, feeds and search results have nothing to show below the headline.',
            mend: 'Write the story in one or two sentences.',
            place: { pointer: '/lede' },
          }),
        ],
  section: ({ section, kind }) =>
    kind === 'page' || section !== undefined
      ? []
      : [
          fails('section.absent', {
            message: 'The article is in no section, so no section’s page will list it.',
            mend: 'Choose its section.',
            place: { pointer: '/section' },
          }),
        ],
  dateline: ({ dateline, kind }) =>
    kind === 'page' || (dateline !== undefined && dateline.place.trim() !== '' && dateline.date !== undefined)
      ? []
      : [
          fails(dateline === undefined ? 'dateline.absent' : 'dateline.partial', {
            message:
              dateline === undefined ? 'There is no dateline.' : 'The dateline lacks its place or its day.',
            mend: 'Say where and on which day this was reported.',
            place: { pointer: '/dateline' },
          }),
        ],
  byline: ({ bylines, source, kind }) =>
    kind === 'page' || bylines.length > 0 || source !== undefined
      ? []
      : [
          fails('byline.absent', {
            message: 'Neither an author nor a source is named.',
            mend: 'Add a byline, or the source it came from.',
            place: { pointer: '/bylines' },
          }),
        ],
  'picture-credit': (content, { assets }) =>
    picturesIn(content).flatMap((picture) =>
      (picture.credit ?? assets.get(picture.asset)?.credit ?? '').trim() !== ''
        ? []
        : [
            fails('picture.credit', {
              message: `The picture ${nameOf(picture.asset, assets)} has no credit.`,
              mend: 'Say whose it is: “© Agency / Photographer”.',
              place: placeOf(picture, assets),
              values: { picture: nameOf(picture.asset, assets) },
            }),
          ],
    ),
  'picture-alt': (content, { assets }) =>
    picturesIn(content).flatMap((picture) =>
      (picture.alt ?? assets.get(picture.asset)?.alt ?? '').trim() !== ''
        ? []
        : [
            fails('picture.alt', {
              message: `The picture ${nameOf(picture.asset, assets)} has no text for those who cannot see it.`,
              mend: 'Describe in a sentence what it shows.',
              place: placeOf(picture, assets),
              values: { picture: nameOf(picture.asset, assets) },
            }),
          ],
    ),
  'picture-rights': (content, { assets, at }) =>
    picturesIn(content, { everything: true }).flatMap((picture) => {
      const asset = assets.get(picture.asset);
      const name = nameOf(picture.asset, assets);
      const place = placeOf(picture, assets);
      if (asset === undefined)
        return [
          fails('picture.gone', {
            message: `The file ${name} is not in the house any more.`,
            mend: 'Take it out, or choose another.',
            place,
            values: { picture: name },
          }),
        ];
      if (asset.withdrawn || (asset.rightsExpireAt !== null && asset.rightsExpireAt <= at))
        return [
          fails(asset.withdrawn ? 'picture.withdrawn' : 'picture.expired', {
            message: asset.withdrawn
              ? `The file ${name} is withdrawn.`
              : `The rights in ${name} will have ended on ${asset.rightsExpireAt}.`,
            mend: 'Choose another, or renew the rights in its entry.',
            place,
            values: { picture: name, until: asset.rightsExpireAt ?? '' },
          }),
        ];
      return [];
    }),
  embargo: ({ embargo }, { at }) =>
    embargo === undefined || new Date(embargo).toISOString() <= at
      ? []
      : [
          fails('embargo.runs', {
            message: `The embargo runs until ${new Date(embargo).toISOString()}.`,
            mend: 'Schedule it for then, or lift the embargo.',
            place: { pointer: '/embargo' },
            values: { until: new Date(embargo).toISOString() },
          }),
        ],
  links: (content, { links }) =>
    linksIn(content).flatMap((link) => {
      const known = links.get(link.url);
      const place = { pointer: link.pointer, block: link.block, excerpt: link.text || link.url };
      if (known === undefined || known.state === 'waiting')
        return [
          {
            code: 'link.waiting',
            state: 'waiting' as const,
            message: `The link to ${link.url} is being asked.`,
            mend: 'Look again in a moment.',
            values: { url: link.url },
            place,
          },
        ];
      if (known.state !== 'dead') return [];
      return [
        fails('link.dead', {
          message: `The link to ${link.url} is dead: ${known.detail}.`,
          mend: 'Correct its address, or take it out.',
          place,
          values: { url: link.url, detail: known.detail },
        }),
      ];
    }),
  eyes: (_content, { approvals }, { eyes }) =>
    approvals >= eyes
      ? []
      : [
          fails('eyes.missing', {
            message: `This desk asks for ${eyes === 1 ? 'the approval of somebody else' : `${eyes} approvals by others`} of this very revision; it has ${approvals}.`,
            mend: 'Ask a colleague to read and approve it. An edit afterwards makes it new again.',
            values: { eyes, approvals },
          }),
        ],
  checklist: (_content, { ticks, revision }, { checklist }) =>
    checklist.flatMap((item) => {
      const tick = ticks.get(item.key);
      if (tick !== undefined && (!item.again || tick.revision === revision)) return [];
      return [
        {
          ...fails(tick === undefined ? 'checklist.open' : 'checklist.again', {
            message:
              tick === undefined
                ? `“${item.label}” has not been ticked.`
                : `“${item.label}” was ticked for revision ${tick.revision} and is asked again.`,
            mend: 'See to it and tick it.',
            values: { item: item.key, label: item.label },
          }),
          level: item.level,
        },
      ];
    }),
};

const nameOf = (id: string, assets: CheckFacts['assets']): string => {
  const name = assets.get(id)?.fileName ?? '';
  return name === '' ? id.slice(-8) : `“${name}”`;
};

function placeOf(
  picture: { pointer: string; block?: number | undefined; asset: string },
  assets: CheckFacts['assets'],
): Place {
  return {
    pointer: picture.pointer,
    ...(picture.block === undefined ? {} : { block: picture.block }),
    excerpt: assets.get(picture.asset)?.fileName ?? picture.asset,
  };
}
