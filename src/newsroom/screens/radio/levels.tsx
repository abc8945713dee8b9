import { useEffect, useRef, useState } from 'react';
import { paths } from '../../../contract/routes.ts';
import { useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';

type Level = { readonly rms: number; readonly peak: number };

/** Two bars from −60 to 0 dB, moved without drawing the page anew. */
export function Levels({ mount }: { readonly mount: string }) {
  const text = useText(radioText);
  const [failed, setFailed] = useState(false);
  const bars = useRef<(HTMLMeterElement | null)[]>([]);
  useEffect(() => {
    const source = new EventSource(paths.api(`radio/levels/${mount}`));
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const levels = JSON.parse(event.data) as readonly Level[];
      for (const [side, level] of levels.entries()) {
        const bar = bars.current[side];
        if (bar) bar.value = level.rms;
      }
    });
    source.addEventListener('error', () => setFailed(source.readyState === EventSource.CLOSED));
    return () => source.close();
  }, [mount]);
  if (failed) return <p className="hint">{text.noLevels}</p>;
  return (
    <div className="radio-levels" role="group" aria-label={text.levels}>
      {['L', 'R'].map((side, at) => (
        <label key={side} className="line small">
          {side}
          <meter
            ref={(element) => {
              bars.current[at] = element;
            }}
            min={-60}
            max={0}
            low={-50}
            high={-6}
            optimum={-18}
          />
        </label>
      ))}
    </div>
  );
}
