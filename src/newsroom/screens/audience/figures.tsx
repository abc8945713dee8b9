import type { AudienceNow } from '../../../contract/audience-answers.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { audienceText } from '../../strings/audience.ts';
import { TimeOf } from '../../ui/kit.ts';

/** A number with what it counts. */
export function Figure({ value, label }: { readonly value: number; readonly label: string }) {
  const language = useLanguage();
  return (
    <div className="aud-figure">
      <dt>{label}</dt>
      <dd>{number(language, value)}</dd>
    </div>
  );
}

const HEIGHT = 120;
const STEP = 10;

/** People and programs by hours: a drawing, and the same as a table for who does not see it. */
export function Hours({ hours }: { readonly hours: AudienceNow['hours'] }) {
  const text = useText(audienceText);
  const language = useLanguage();
  const most = Math.max(1, ...hours.map((hour) => Math.max(hour.people, hour.bots)));
  const height = (value: number): number => Math.round((value / most) * HEIGHT);
  return (
    <figure className="aud-hours">
      <svg
        viewBox={`0 0 ${Math.max(1, hours.length) * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {hours.map((hour, at) => (
          <g key={hour.hour}>
            <rect
              className="aud-bots"
              x={at * STEP + 1}
              y={HEIGHT - height(hour.bots)}
              width={STEP - 2}
              height={height(hour.bots)}
            />
            <rect
              className="aud-people"
              x={at * STEP + 2.5}
              y={HEIGHT - height(hour.people)}
              width={STEP - 5}
              height={height(hour.people)}
            />
          </g>
        ))}
      </svg>
      <figcaption className="quiet">
        {hours[0] !== undefined && <TimeOf instant={hours[0].hour} />} –{' '}
        {hours.at(-1) !== undefined && <TimeOf instant={hours.at(-1)?.hour ?? ''} />}. {text.hoursHelp}
      </figcaption>
      <table className="unseen">
        <caption>{text.hours}</caption>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour.hour}>
              <th scope="row">
                <TimeOf instant={hour.hour} />
              </th>
              <td>{number(language, hour.people)}</td>
              <td>{number(language, hour.bots)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** Classes of sources with their shares. */
export function Sources({ sources }: { readonly sources: AudienceNow['sources'] }) {
  const text = useText(audienceText);
  const language = useLanguage();
  const all = sources.reduce((sum, { people }) => sum + people, 0);
  const name = (source: string): string =>
    (
      {
        none: text.none,
        site: text.site,
        search: text.search,
        social: text.social,
        news: text.news,
        mail: text.mail,
        other: text.other,
      } as Record<string, string>
    )[source] ?? text.untold;
  return (
    <table className="aud-table">
      <tbody>
        {sources.map(({ source, people }) => (
          <tr key={source}>
            <th scope="row">{name(source)}</th>
            <td className="aud-number">{number(language, people)}</td>
            <td className="aud-share">
              <meter min={0} max={Math.max(1, all)} value={people} aria-label={name(source)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
