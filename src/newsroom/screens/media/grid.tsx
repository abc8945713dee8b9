import { useText } from '../../i18n.ts';
import { mediaText } from '../../strings/media.ts';
import { CheckMark, Icon } from '../../ui/kit.ts';
import { type Asset, bytesOf, nameOf } from './assets.ts';

type Props = {
  readonly items: readonly Asset[];
  readonly onOpen: (asset: Asset) => void;
  readonly chosen?: ReadonlySet<string>;
  readonly onChoose?: (chosen: ReadonlySet<string>) => void;
  /** What a press on one does, in the picker; otherwise it opens. */
  readonly label?: (name: string) => string;
  /** Those that are taken, where a press takes and lets go. */
  readonly pressed?: ReadonlySet<string>;
};

/** `mpeg` of `audio/mpeg`: what stands where there is no picture. */
const typeOf = (asset: Asset): string => asset.mime?.split('/')[1] ?? asset.kind;

/** The library's contact sheet. */
export function AssetGrid({ items, onOpen, chosen, onChoose, label, pressed }: Props) {
  const text = useText(mediaText);
  return (
    <ul className="contact-sheet">
      {items.map((asset) => {
        const name = nameOf(asset);
        const isChosen = chosen?.has(asset.id) ?? false;
        return (
          <li key={asset.id} className={isChosen || pressed?.has(asset.id) === true ? 'chosen' : ''}>
            <button
              type="button"
              className="print"
              aria-label={(label ?? text.open)(asset.preview === null ? `${name}, ${typeOf(asset)}` : name)}
              aria-pressed={pressed?.has(asset.id)}
              onClick={() => onOpen(asset)}
            >
              {asset.preview === null ? (
                <span className="no-picture">
                  <Icon name={asset.kind === 'audio' ? 'microphone' : 'link'} />
                  {typeOf(asset)}
                </span>
              ) : (
                <img src={asset.preview} alt="" loading="lazy" decoding="async" />
              )}
            </button>
            <div className="legend">
              {chosen !== undefined && onChoose !== undefined && (
                <CheckMark
                  label={text.selectThis(name)}
                  checked={isChosen}
                  onChange={(on) => {
                    const after = new Set(chosen);
                    if (on) after.add(asset.id);
                    else after.delete(asset.id);
                    onChoose(after);
                  }}
                />
              )}
              <span className="words">
                <bdi className="name">{name}</bdi>
                <span className="quiet small">
                  {asset.withdrawn ? (
                    text.expired
                  ) : asset.credit === '' ? (
                    text.lacksCredit
                  ) : (
                    <bdi>{asset.credit}</bdi>
                  )}
                  {asset.kind !== 'picture' && asset.bytes !== null && ` · ${bytesOf(asset.bytes)}`}
                </span>
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
