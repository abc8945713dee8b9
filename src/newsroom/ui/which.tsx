import { useId } from 'react';
import type { LocalTime } from '../../base/clock.ts';
import { useLanguage, useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';
import { showInstant } from './time.tsx';

export type Which = 'first' | 'second';
type Props = {
  readonly meant: LocalTime & { readonly kind: 'overlap' };
  readonly zone: string;
  readonly which: Which | undefined;
  readonly onChange: (which: Which) => void;
};

/** Asks which of two is meant where the clocks go back and a time comes twice. */
export function WhichOfTwo({ meant, zone, which, onChange }: Props) {
  const text = useText(kitText);
  const language = useLanguage();
  const name = useId();
  return (
    <fieldset className="stack tight">
      <legend>{text.twice}</legend>
      {(['first', 'second'] as const).map((one) => (
        <label key={one} className="choice">
          <input type="radio" name={name} checked={which === one} onChange={() => onChange(one)} />
          <span>
            {one === 'first' ? text.firstOfTwo : text.secondOfTwo} –{' '}
            {showInstant(meant[one], { language, zone, offset: true })} ({zone})
          </span>
        </label>
      ))}
    </fieldset>
  );
}
