import { expect, test } from 'vitest';
import { parseDateline } from './dateline.ts';

type Row = [
  text: string,
  language: string,
  printed: string,
  place: string | null,
  date: string | null,
  source: string | null,
];

const rows: Row[] = [
  [
    'MOSCOW, January 21 (Sputnik) — Mutual visits',
    'en',
    'MOSCOW, January 21 (Sputnik) —',
    'MOSCOW',
    'January 21',
    'Sputnik',
  ],
  ['LONDON (Reuters) - The bank said', 'en', 'LONDON (Reuters) -', 'LONDON', null, 'Reuters'],
  [
    'ST. PETERSBURG, Fla. (AP) — A man was found',
    'en',
    'ST. PETERSBURG, Fla. (AP) —',
    'ST. PETERSBURG, Fla.',
    null,
    'AP',
  ],
  [
    'MOSCOW/TOKYO, Jan 21 (Reuters) - Two leaders',
    'en',
    'MOSCOW/TOKYO, Jan 21 (Reuters) -',
    'MOSCOW/TOKYO',
    'Jan 21',
    'Reuters',
  ],
  [
    'BEIJING, Jan. 21 (Xinhua) -- The government',
    'en',
    'BEIJING, Jan. 21 (Xinhua) --',
    'BEIJING',
    'Jan. 21',
    'Xinhua',
  ],
  ['WASHINGTON — President Obama said', 'en', 'WASHINGTON —', 'WASHINGTON', null, null],
  [
    'GENEVA, 21 January 2015 – The United Nations',
    'en',
    'GENEVA, 21 January 2015 –',
    'GENEVA',
    '21 January 2015',
    null,
  ],
  ['NEW DELHI: The government said', 'en', 'NEW DELHI:', 'NEW DELHI', null, null],
  ['New Delhi, Jan 21 (PTI) The government', 'en', 'New Delhi, Jan 21 (PTI)', 'New Delhi', 'Jan 21', 'PTI'],
  ['(CNN) — The minister said', 'en', '(CNN) —', null, null, 'CNN'],
  ['BERLIN (dpa) – Die Bundesregierung hat', 'de', 'BERLIN (dpa) –', 'BERLIN', null, 'dpa'],
  ['Ottersberg (dpa/eb) – Seit Mittwoch ist', 'de', 'Ottersberg (dpa/eb) –', 'Ottersberg', null, 'dpa/eb'],
  ['Moskau. Der russische Präsident hat', 'de', 'Moskau.', 'Moskau', null, null],
  ['PARIS, 21 jan (AFP) — Le président', 'fr', 'PARIS, 21 jan (AFP) —', 'PARIS', '21 jan', 'AFP'],
  [
    'Bruxelles, le 21 janvier 2015 – La Commission',
    'fr',
    'Bruxelles, le 21 janvier 2015 –',
    'Bruxelles',
    '21 janvier 2015',
    null,
  ],
  ['Madrid, 21 ene (EFE).- El presidente', 'es', 'Madrid, 21 ene (EFE).-', 'Madrid', '21 ene', 'EFE'],
  ['(ANSA) - ROMA, 21 GEN - Il presidente', 'it', '(ANSA) - ROMA, 21 GEN -', 'ROMA', '21 GEN', 'ANSA'],
  [
    'Lisboa, 21 jan (Lusa) — O primeiro-ministro',
    'pt',
    'Lisboa, 21 jan (Lusa) —',
    'Lisboa',
    '21 jan',
    'Lusa',
  ],
  [
    'Warszawa, 21.01.2015 (PAP) - Premier',
    'pl',
    'Warszawa, 21.01.2015 (PAP) -',
    'Warszawa',
    '21.01.2015',
    'PAP',
  ],
  [
    'İSTANBUL, 21 Ocak (DHA) - Cumhurbaşkanı',
    'tr',
    'İSTANBUL, 21 Ocak (DHA) -',
    'İSTANBUL',
    '21 Ocak',
    'DHA',
  ],
  [
    'МОСКВА, 21 янв - РИА Новости. Президент',
    'ru',
    'МОСКВА, 21 янв - РИА Новости.',
    'МОСКВА',
    '21 янв',
    'РИА Новости',
  ],
  ['МОСКВА, 21 января. /ТАСС/. Президент', 'ru', 'МОСКВА, 21 января. /ТАСС/.', 'МОСКВА', '21 января', 'ТАСС'],
  [
    'Москва. 21 января. INTERFAX.RU - Президент',
    'ru',
    'Москва. 21 января. INTERFAX.RU -',
    'Москва',
    '21 января',
    'INTERFAX.RU',
  ],
  ['Київ. 21 січня. УНІАН. Президент', 'uk', 'Київ. 21 січня. УНІАН.', 'Київ', '21 січня', 'УНІАН'],
  ['القاهرة (رويترز) - قال مسؤولون', 'ar', 'القاهرة (رويترز) -', 'القاهرة', null, 'رويترز'],
  [
    'واشنطن ٢١ يناير كانون الثاني (رويترز) - قال',
    'ar',
    'واشنطن ٢١ يناير كانون الثاني (رويترز) -',
    'واشنطن',
    '٢١ يناير كانون الثاني',
    'رويترز',
  ],
  ['تهران (ایسنا) - وزیر امور خارجه', 'fa', 'تهران (ایسنا) -', 'تهران', null, 'ایسنا'],
  ['［東京 21日 ロイター］ - 日本政府は21日、', 'ja', '［東京 21日 ロイター］ -', '東京', '21日', 'ロイター'],
  ['東京 21日 ロイター 日本政府は21日、', 'ja', '東京 21日 ロイター', '東京', '21日', 'ロイター'],
  ['【モスクワ共同】日本政府は21日、', 'ja', '【モスクワ共同】', 'モスクワ', null, '共同'],
  ['（新华社北京1月21日电）国务院总理在会见', 'zh', '（新华社北京1月21日电）', '北京', '1月21日', '新华社'],
  [
    '（中央社記者王小明東京21日專電）日本政府今天表示',
    'zh',
    '（中央社記者王小明東京21日專電）',
    '東京',
    '21日',
    '中央社',
  ],
  ['(서울=연합뉴스) 정부는 21일 회의를', 'ko', '(서울=연합뉴스)', '서울', null, '연합뉴스'],
];

test.each(rows)('%s', (text, language, printed, place, date, source) => {
  const story = `${text} and a good deal more of the story after it.`;
  const parsed = parseDateline(story, language);
  expect(parsed?.dateline).toMatchObject({ text: printed, place, date, source });
  expect(story.endsWith(parsed?.rest ?? '?')).toBe(true);
});

test.each([
  'The minister said - in a long sentence that went on - that he would stay.',
  'Angela Merkel (CDU) – die Kanzlerin – sagte am Mittwoch, dass sie bleibe.',
  'UPDATE 1 - The minister said that he would stay in office for a while.',
  'TOKYO, JAPAN - JANUARY 21: Prime Minister speaks to reporters at his office.',
  'Mr Smith (52) said that the minister would stay in office for a while.',
  '21.01.2015 10:32 Uhr - und noch etwas mehr Text, der keine Ortsmarke ist.',
  'READ MORE: The minister said that he would stay in office for a while.',
])('takes no dateline from %s', (text) => {
  expect(parseDateline(text, 'en')).toBeUndefined();
});
