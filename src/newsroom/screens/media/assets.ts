import type { Crops } from '../../../contract/crops.ts';

/** An asset as `/api/v1/assets` answers. */
export type Asset = {
  readonly id: string;
  readonly rowVersion: number;
  readonly kind: 'picture' | 'audio' | 'video' | 'file';
  readonly fileName: string;
  readonly caption: string;
  readonly credit: string;
  readonly alt: string;
  readonly creator: string;
  readonly place: string;
  readonly keywords: readonly string[];
  readonly takenAt: string | null;
  readonly language: string | null;
  readonly focal: { readonly x: number; readonly y: number };
  readonly crops: Crops;
  readonly rightsHolder: string | null;
  readonly rightsTerms: string | null;
  readonly rightsExpireAt: string | null;
  readonly sourceUrl: string | null;
  readonly withdrawn: boolean;
  readonly credentials: 'valid' | 'invalid' | null;
  readonly digest: string | null;
  readonly mime: string | null;
  readonly bytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly path: string | null;
  readonly preview: string | null;
  readonly createdAt: string;
};

export type AssetPage = { readonly items: readonly Asset[]; readonly next: string | null };

/** What a change of an asset sends: all that is said of it. */
export function inputOf(asset: Asset) {
  const { kind, fileName, caption, credit, alt, creator, place, keywords, takenAt, language } = asset;
  const { focal, crops, rightsHolder, rightsTerms, rightsExpireAt, sourceUrl } = asset;
  const words = { kind, fileName, caption, credit, alt, creator, place, keywords, takenAt, language };
  return { ...words, focal, crops, rightsHolder, rightsTerms, rightsExpireAt, sourceUrl };
}

/** The name of an asset in a list: its caption, or its file's name. */
export function nameOf(asset: Asset): string {
  return asset.caption === '' ? asset.fileName : asset.caption;
}

/** Words between commas, each once; those of `known` that have a comma in them (`London, England`) stay whole. */
export function listOf(text: string, known: readonly string[] = []): string[] {
  const whole = known.filter((word) => /[,،;]/.test(word) && text.includes(word));
  const rest = whole.reduce((left, word) => left.replace(word, ''), text);
  const words = rest
    .split(/[,،;]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return [...new Set([...whole, ...words])];
}

const units = ['B', 'kB', 'MB', 'GB'];

export function bytesOf(bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`;
}
