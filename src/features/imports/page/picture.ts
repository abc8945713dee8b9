import { creditAtEnd, isBareCredit } from './credit.ts';
import { metaOf } from './meta.ts';
import { endsSentence, weight, wordsOf } from './shape.ts';
import type { Sheet } from './sheet.ts';
import type { PageCredit } from './types.ts';

type Picture = {
  readonly caption: { readonly text: string; readonly at: number; readonly confidence: number } | undefined;
  readonly credit:
    | { readonly value: PageCredit; readonly at: number; readonly confidence: number }
    | undefined;
};

const LABEL =
  /^(?:image caption|photo caption|caption|picture caption|image|photo|bildunterschrift|legende|légende(?: de la photo)?|légende image|pie de foto|pie de imagen|leyenda|legenda(?: da foto)?|didascalia|fotoğraf altı|подпись(?: к фото)?|на фото|подпис|на світлині|تعليق الصورة|التعليق على الصورة|شرح عکس|图片说明|圖片說明|图说|圖說|写真説明|画像説明)\s?[:：]?\s(?=\S{2})/iu;
const CUES =
  /\b(?:19|20)\d{2}\b[.)]?$|\bfile (?:photo|picture|image)|\bpictured\b|\(?\b(?:left|right|centre|center|l|r|c)\b\)|\bin this\b.{0,20}\b(?:photo|image|picture)|archiv(?:bild|foto)|\(archiv\)|foto de archivo|photo d['’]archives|arşiv|архив|أرشيف|مواربة|資料|资料|\bduring (?:a|the|their|his|her)\b|\bshakes? hands\b|\battends?\b|\bspeaks? (?:at|during|to)\b|\b(?:walk|stand|pose|wave|arrive|look)s?\b|на фоне|во время|während|beim|bei (?:einer|einem)|lors d|durante|sırasında|podczas|під час|خلال|أثناء|握手|会談|会见|出席|vue? (?:du|de|sur)\b|blick auf|vista (?:de|del|da|do)\b|\bview of\b/iu;

/** A caption under a label of its own, without the label. */
export function labelledCaption(text: string): string | undefined {
  const label = LABEL.exec(text);
  if (label === null) return undefined;
  const long =
    /caption|unterschrift|légende|legend|pie de|didascalia|подпис|تعليق|شرح|说明|說明|図|图|圖|説明/iu.test(
      label[0],
    );
  return long || /[:：]/.test(label[0]) ? text.slice(label[0].length) : undefined;
}

type PictureZone = {
  readonly headlineAt: number | undefined;
  readonly bodyAt: number;
  readonly last: number;
};

/** Finds the lead picture's caption and credit: a credit line with the caption beside it, a caption that ends with its credit, or one labelled. */
export function findPicture(sheet: Sheet, zone: PictureZone): Picture {
  const top = zone.headlineAt ?? zone.bodyAt;
  let labelled: Picture['caption'];
  for (let at = Math.max(0, top - 8); at <= Math.min(zone.last + 4, sheet.lines.length - 1); at += 1) {
    if (at === zone.headlineAt) continue;
    const text = sheet.text(at);
    const said = labelledCaption(text);
    if (said !== undefined && weight(said) >= 10) {
      const both = creditAtEnd(said);
      if (both !== undefined) return together(both, at, 0.93);
      labelled ??= { text: said, at, confidence: 0.93 };
    }
    if (sheet.furniture(at) !== undefined) continue;
    const both = at === zone.bodyAt ? undefined : creditAtEnd(text);
    if (both !== undefined && isPrintedCredit(both.credit.credit, at < zone.bodyAt))
      return together(both, at, at < zone.bodyAt ? 0.9 : 0.75);
    const meta = metaOf(sheet, at);
    if (meta?.kind !== 'credit') continue;
    if (isBareCredit(meta.credit.credit) && !standsAtPicture(sheet, at, zone)) continue;
    const caption = labelled ?? captionBeside(sheet, at, zone);
    return { caption, credit: { value: meta.credit, at, confidence: at < zone.bodyAt ? 0.92 : 0.8 } };
  }
  return { caption: labelled ?? captionAbove(sheet, zone), credit: undefined };
}

// 'Reuters' alone on a line: below the headline and under something that reads like a caption.
function standsAtPicture(sheet: Sheet, at: number, zone: PictureZone): boolean {
  if (zone.headlineAt !== undefined && at < zone.headlineAt && zone.headlineAt - at > 2) return false;
  if (at > zone.last || at === 0) return false;
  const before = at - 1;
  if (before === zone.headlineAt || before === zone.bodyAt)
    return at < zone.bodyAt && before === zone.headlineAt;
  return isCaptionLike(sheet, before) && (at < zone.bodyAt || !isParagraph(sheet, before));
}

function together(both: { caption: string; credit: PageCredit }, at: number, confidence: number): Picture {
  return { caption: { text: both.caption, at, confidence }, credit: { value: both.credit, at, confidence } };
}

// In the story a paragraph may end '(Reuters)' as well; there a credit has to say that it is one.
function isPrintedCredit(credit: string, above: boolean): boolean {
  return above || /©|\(c\)|[:：]|\/|\bby\b/i.test(credit);
}

function captionBeside(sheet: Sheet, creditAt: number, zone: PictureZone): Picture['caption'] {
  const inStory = creditAt > zone.bodyAt;
  const before = creditAt - 1;
  if (
    before >= 0 &&
    before !== zone.headlineAt &&
    before !== zone.bodyAt &&
    isCaptionLike(sheet, before) &&
    (!inStory || !isParagraph(sheet, before)) &&
    // A bare 'ANP' under a whole paragraph signs the picture above it, which has no caption.
    !(isBareCredit(sheet.text(creditAt)) && isParagraph(sheet, before) && weight(sheet.text(before)) > 100)
  ) {
    return { text: sheet.text(before), at: before, confidence: 0.85 };
  }
  const after = creditAt + 1;
  const afterFits =
    after < sheet.lines.length &&
    after !== zone.headlineAt &&
    after !== zone.bodyAt &&
    isCaptionLike(sheet, after);
  if (afterFits && CUES.test(sheet.text(after).slice(0, 400)) && !inStory)
    return { text: sheet.text(after), at: after, confidence: 0.75 };
  if (inStory)
    return afterFits && !isParagraph(sheet, after)
      ? { text: sheet.text(after), at: after, confidence: 0.6 }
      : undefined;
  // A picture above the headline leaves its caption there, its credit below.
  const above = captionAbove(sheet, zone) ?? phraseAbove(sheet, creditAt, zone);
  if (above !== undefined) return { ...above, confidence: 0.8 };
  for (let at = creditAt - 2; at >= Math.max(0, creditAt - 3) && at !== zone.headlineAt; at -= 1) {
    if (isCaptionLike(sheet, at) && CUES.test(sheet.text(at).slice(0, 400)))
      return { text: sheet.text(at), at, confidence: 0.6 };
  }
  if (!afterFits || endsSentence(sheet.text(after))) return undefined;
  return { text: sheet.text(after), at: after, confidence: 0.55 };
}

/** The text of a picture left above the headline: a long line next to it that reads like a caption. */
function captionAbove(sheet: Sheet, zone: PictureZone): Picture['caption'] {
  if (zone.headlineAt === undefined) return undefined;
  for (let at = zone.headlineAt - 1; at >= Math.max(0, zone.headlineAt - 3); at -= 1) {
    const text = sheet.text(at);
    if (!isCaptionLike(sheet, at) || weight(text) < 50) continue;
    const sure = (CUES.test(text.slice(0, 400)) ? 0.25 : 0) + (sheet.prose(at) ? 0.2 : 0);
    if (sure > 0) return { text, at, confidence: 0.4 + sure };
  }
  return undefined;
}

/** A phrase above the headline when the credit stands right below it: the picture is between them, or over both. */
function phraseAbove(sheet: Sheet, creditAt: number, zone: PictureZone): Picture['caption'] {
  const at = (zone.headlineAt ?? 0) - 1;
  if (at < 0 || creditAt !== at + 2 || !isCaptionLike(sheet, at) || sheet.repeats(at) > 1) return undefined;
  const text = sheet.text(at);
  return weight(text) >= 26 && (wordsOf(text).length >= 4 || weight(text) > text.length * 1.5)
    ? { text, at, confidence: 0.6 }
    : undefined;
}

function isCaptionLike(sheet: Sheet, at: number): boolean {
  const text = sheet.text(at);
  if (weight(text) < 14 || text.length > 900) return false;
  if (sheet.furniture(at) !== undefined) return false;
  return metaOf(sheet, at) === undefined;
}

function isParagraph(sheet: Sheet, at: number): boolean {
  return sheet.prose(at) && endsSentence(sheet.text(at)) && !CUES.test(sheet.text(at).slice(-120));
}

/** Words that captions have and paragraphs seldom. */
export function hasCaptionCue(text: string): boolean {
  return CUES.test(text.slice(0, 400));
}
