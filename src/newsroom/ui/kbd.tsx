import { kitText } from '../strings/kit.ts';
import { useText } from '../i18n.ts';

const isMac = /\bMac OS X\b/.test(navigator.userAgent);

/** The names of keys as they stand on keyboards: `mod+k` is ⌘ K or Ctrl K, `g a` one after the other. */
export function Kbd({ keys }: { readonly keys: string }) {
  const text = useText(kitText);
  return (
    <span className="keys">
      {keys.split(' ').map((stroke, at) => (
        <span key={`${at}${stroke}`}>
          {at > 0 && <span className="quiet"> {text.afterwards} </span>}
          {stroke.split('+').map((key) => (
            <kbd key={key} className="kbd">
              {keyName(key)}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

function keyName(key: string): string {
  if (key === 'mod') return isMac ? '⌘' : 'Ctrl';
  if (key === 'alt') return isMac ? '⌥' : 'Alt';
  if (key === 'shift') return '⇧';
  if (key === 'enter') return '↵';
  if (key === 'escape') return 'Esc';
  if (key === 'space') return '␣';
  if (/^(arrow)?up$/.test(key)) return '↑';
  if (/^(arrow)?down$/.test(key)) return '↓';
  if (key === 'tab') return 'Tab';
  return key.length === 1 ? key.toUpperCase() : key;
}
