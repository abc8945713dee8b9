import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { eachDatabase, freshDatabase } from '../../../tests/support/database.ts';
import { newsroomOn, type Story, type TestNewsroom } from '../../../tests/support/newsroom.ts';
import type { DatabaseKind, Db } from '../../storage/db.ts';
import { openDb } from '../../storage/open.ts';
import { search, type SearchQuestion } from './search.views.ts';

const LANGUAGES = ['en', 'de', 'ru', 'ar', 'zh', 'ja'];

/** Stories of many scripts, by a name that the tests use. */
const STORIES: Readonly<Record<string, Story>> = {
  sanctions: { headline: 'Sanctions widen', lede: 'The council agreed.', body: 'Two banks were added.' },
  ferry: {
    headline: 'A ferry for Lårdal',
    lede: 'The crossing reopens.',
    body: 'Captain Müller’s crew sails.',
  },
  naive: {
    headline: 'Markets quiet',
    lede: '“Naïve”, said the minister.',
    body: 'He spoke of sanctions relief.',
  },
  phrase: { headline: 'Notes of the week', lede: 'A week.', body: 'The long dry summer ended. Rain fell.' },
  scattered: { headline: 'Weather', lede: 'A summer.', body: 'Dry days were long gone, and it rained.' },
  russian: {
    language: 'ru',
    headline: 'Санкции против банков',
    lede: 'Совет принял решение.',
    body: 'Министр заявил о новых переговорах. Ещё один счёт закрыт.',
  },
  arabic: {
    language: 'ar',
    headline: 'المدينة تفتح الميناء',
    lede: 'قال الوزير إن العمل بدأ.',
    body: 'وصلت السفن إلى مرفأ قديم، وكتب الصحفي كِتَابًا.',
  },
  chinese: {
    language: 'zh',
    headline: '北京宣布新的经济政策',
    lede: '政府表示将支持企业。',
    body: '专家认为这项政策会影响世界市场。',
  },
  japanese: {
    language: 'ja',
    headline: '東京の桜が満開',
    lede: '今年は早い。',
    body: '多くの人がカメラを持って公園に集まった。',
  },
};

type Library = { db: Db; newsroom: TestNewsroom; names: Map<string, string> };

async function libraryOn(db: Db): Promise<Library> {
  const newsroom = await newsroomOn(db, { site: { languages: LANGUAGES } });
  const names = new Map<string, string>();
  for (const [name, story] of Object.entries(STORIES)) {
    newsroom.clock.advance(3_600_000);
    names.set(await newsroom.story(story), name);
  }
  return { db, newsroom, names };
}

async function found(
  { db, names }: Library,
  text: string,
  more: Partial<SearchQuestion> = {},
): Promise<string[]> {
  const answer = await search(db.read, db.kind, { text, languages: LANGUAGES, limit: 50, ...more });
  return answer.results.map(({ story }) => names.get(story.id) ?? story.id);
}

const sorted = (names: readonly string[]): string[] => [...names].sort();

eachDatabase('search', (open) => {
  let made: Promise<Library> | undefined;
  const library = (): Promise<Library> => (made ??= open().then(libraryOn));

  test.each<[string, string, string[]]>([
    ['another form of an English word', 'sanction', ['naive', 'sanctions']],
    ['capitals', 'SANCTIONS', ['naive', 'sanctions']],
    ['a word without its diacritics', 'lardal', ['ferry']],
    ['a word with diacritics that it does not have', 'nàive', ['naive']],
    ['decomposed letters', 'La\u030Ardal', ['ferry']],
    ['a name that stands in the possessive', 'muller', ['ferry']],
    ['all of the words', 'sanctions minister', ['naive']],
    ['a Russian noun in another case', 'санкций', ['russian']],
    ['a Russian noun in the dative', 'переговорам', ['russian']],
    ['ё written as е', 'счет', ['russian']],
    ['an Arabic noun without its article', 'مدينة', ['arabic']],
    ['an Arabic adjective with an article it does not have', 'القديم', ['arabic']],
    ['an Arabic noun with vowel marks', 'المَدِينَةُ', ['arabic']],
    ['an Arabic word that carries vowel marks in the text', 'كتابا', ['arabic']],
    ['a Chinese word inside a sentence', '经济', ['chinese']],
    ['a Chinese word of the body', '世界市场', ['chinese']],
    ['one Chinese character', '京', ['chinese', 'japanese']],
    ['a Japanese word inside a sentence', '公園', ['japanese']],
    ['a Katakana word', 'カメラ', ['japanese']],
    ['characters that do not stand together', '北济', []],
    ['a phrase', '"long dry summer"', ['phrase']],
    ['a phrase whose words stand apart', '"dry long"', []],
    ['the words of the phrase', 'long dry summer', ['phrase', 'scattered']],
    ['a phrase that would run over two parts', '"widen the council"', []],
    ['not a word', 'sanctions -minister', ['sanctions']],
    ['not a phrase', 'summer -"long dry"', ['scattered']],
    ['only what is not wanted', '-sanctions', []],
    ['nothing', '   ', []],
    ['an unknown word', 'zeppelin', []],
  ])('finds %s', async (_what, text, expected) => {
    expect(sorted(await found(await library(), text))).toEqual(sorted(expected));
  });

  test('marks what matched, in the headline and in the text around it', async () => {
    const { db } = await library();
    const { results } = await search(db.read, db.kind, {
      text: 'sanction relief',
      languages: ['en'],
      limit: 5,
    });
    const marked = results.flatMap(({ snippet }) =>
      snippet.filter((run) => run.marked).map((run) => run.text),
    );
    expect(marked).toEqual(['sanctions', 'relief']);
  });

  test('puts a match in the headline before one in the text, unless the newest are asked for', async () => {
    expect(await found(await library(), 'sanctions')).toEqual(['sanctions', 'naive']);
    expect(await found(await library(), 'sanctions', { sort: 'newest' })).toEqual(['naive', 'sanctions']);
  });

  test('filters by section, storyline, concept, language and days; alone and together', async () => {
    const newsroom = await newsroomOn(await open(), { site: { languages: ['en', 'de'] } });
    const section = await newsroom.section('world');
    const storyline = await newsroom.storyline('strike');
    const concept = await newsroom.concept('harbour');
    const names = new Map<string, string>();
    const stories: Record<string, Story> = {
      plain: {},
      section: { section },
      storyline: { storylines: [storyline], section },
      concept: { concepts: [concept] },
      german: { language: 'de', headline: 'Am Hafen' },
    };
    for (const [name, story] of Object.entries(stories)) {
      newsroom.clock.advance(86_400_000);
      names.set(await newsroom.story(story), name);
    }
    const here = { db: newsroom.db, newsroom, names };
    const by = async (text: string, more: Partial<SearchQuestion>) => sorted(await found(here, text, more));
    expect(await by('boats', { filters: { section } })).toEqual(['section', 'storyline']);
    expect(await by('boats', { filters: { storyline } })).toEqual(['storyline']);
    expect(await by('boats', { filters: { concept } })).toEqual(['concept']);
    expect(await by('boats', { filters: { language: 'de' } })).toEqual(['german']);
    expect(await by('', { filters: { section } }), 'a filter alone lists').toEqual(['section', 'storyline']);
    expect(await by('boats', { filters: { section, concept } })).toEqual([]);
    const days = { from: '2026-03-03T00:00:00.000Z', before: '2026-03-05T00:00:00.000Z' };
    expect(await by('boats', days)).toEqual(['section', 'storyline']);
    expect(await by('boats', { ...days, filters: { storyline } })).toEqual(['storyline']);
    expect(await by('boats -harbour', days), 'the headline has it').toEqual([]);
    expect(await by('sections', {}), 'a filter’s own words are not text').toEqual([]);
    expect(await by(section, {}), 'nor are ids').toEqual([]);
  });

  test('follows each version at once: an update replaces the words, a kill takes them away', async () => {
    const { newsroom, ...here } = await libraryOn(await open());
    const id = await newsroom.story({ headline: 'Zeppelin over town', body: 'It flew.' });
    here.names.set(id, 'zeppelin');
    const asked = (text: string) => found({ ...here, newsroom }, text);
    expect(await asked('zeppelin')).toEqual(['zeppelin']);
    await newsroom.revise(id, { headline: 'Balloon over town', body: 'It flew.' });
    expect(await asked('balloon'), 'a draft is not found').toEqual([]);
    await newsroom.publish(id);
    expect(await asked('zeppelin')).toEqual([]);
    expect(await asked('balloon')).toEqual(['zeppelin']);
    await newsroom.withdraw(id);
    for (const text of ['balloon', 'flew', 'withdrawn']) expect(await asked(text)).toEqual([]);
    await newsroom.publish(id);
    expect(await asked('balloon')).toEqual(['zeppelin']);
  });

  test('takes in whatever an article may hold', async () => {
    const newsroom = await newsroomOn(await open());
    const words = ['\u0301\u5317', `${'x'.repeat(3000)}\u5317`, 'y'.repeat(3000), "'\\'':1A", '~ #s_x', '💥'];
    const body = words.join('\n');
    const id = await newsroom.story({ headline: `\u0301\u5317 \\' kept`, body });
    const here = { db: newsroom.db, newsroom, names: new Map([[id, 'odd']]) };
    for (const text of ['kept', '北', 'y'.repeat(250), "'"])
      expect(await found(here, text), text).toEqual(text === "'" ? [] : ['odd']);
  });

  test('pages through all matches, each once', async () => {
    const newsroom = await newsroomOn(await open());
    for (let n = 0; n < 23; n += 1) await newsroom.story({ headline: `Story ${n}` });
    const seen: string[] = [];
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const { read, kind } = newsroom.db;
      const answer = await search(read, kind, { text: 'gulls', languages: ['en'], limit: 5, offset });
      expect(answer.total).toBe(23);
      seen.push(...answer.results.map(({ story }) => story.id));
      offset = answer.nextOffset;
    }
    expect([seen.length, new Set(seen).size]).toEqual([23, 23]);
  });

  test.each([
    '"',
    '""',
    '"unclosed',
    "'; drop table articles; --",
    'a AND OR NOT NEAR(b, 2)',
    'headline:x {lede} : y',
    'sanctions* ^x (((',
    'a & b | !c <-> d :*',
    '\u0000sanctions\u0000',
    '\u0000',
    '\\',
    "it''s \\'",
    '--',
    '-',
    '-"',
    '%_',
    '\uD800 lone',
    '\u0301\u5317',
    `${'x'.repeat(200)}\u5317`,
    '💥🏳️‍🌈',
    'x'.repeat(10_000),
    '经'.repeat(10_000),
    'a '.repeat(5000),
    '- '.repeat(5000),
    '"a" '.repeat(3000),
  ])('takes %j as text, never as an error', async (text) => {
    const { db } = await library();
    const answer = await search(db.read, db.kind, { text, languages: LANGUAGES, limit: 5 });
    expect(answer.results.length).toBeLessThanOrEqual(5);
  });
});

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

test('both databases give the same answers to whatever is typed', async () => {
  const [one, other] = await Promise.all((['sqlite', 'postgres'] as const).map(openLibrary));
  if (one === undefined || other === undefined) throw new Error('two databases are needed');
  const piece = fc.oneof(
    fc.constantFrom(
      'sanction',
      'summer',
      'dry',
      'long',
      'совет',
      'المدينة',
      '政策',
      '東京',
      'minister',
      'rain',
    ),
    fc.constantFrom('"', '-', '*', ':', '(', ')', '&', '|', '!', "'", '\\', '\u0000', 'OR', 'NOT'),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  );
  const typed = fc.array(fc.tuple(piece, fc.constantFrom('', ' ')), { maxLength: 8 });
  const read = typed.map((pieces) => pieces.flat().join(''));
  await fc.assert(
    fc.asyncProperty(read, async (text) => {
      expect(await found(one, text)).toEqual(await found(other, text));
    }),
    { numRuns: 150 },
  );
});

async function openLibrary(kind: DatabaseKind): Promise<Library> {
  const { config, dispose } = await freshDatabase(kind);
  const db = await openDb(config);
  closing.push(dispose, () => db.close());
  return libraryOn(db);
}
