import { useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import { Button, IconButton, TextField } from '../../ui/kit.ts';
import { languageLabel } from '../articles/names.ts';
import type { PartProps, Settings } from './use-settings.ts';

type Link = Settings['menus']['masthead'][number];

export function Menus({ settings, set, fault }: PartProps) {
  const text = useText(settingsText);
  const { menus } = settings;
  return (
    <div className="stack loose">
      {(['masthead', 'footer'] as const).map((place) => (
        <section key={place} className="stack tight">
          <h2>{text[place]}</h2>
          <p className="hint">{place === 'masthead' ? text.mastheadHint : text.footerHint}</p>
          <Links
            links={menus[place]}
            languages={settings.languages.slice(1)}
            fault={(rest) => fault(`/menus/${place}${rest}`)}
            onChange={(links) => set({ menus: { ...menus, [place]: links } })}
          />
        </section>
      ))}
    </div>
  );
}

export function Social({ settings, set, fault }: PartProps) {
  const text = useText(settingsText);
  return (
    <section className="stack tight">
      <h2>{text.social}</h2>
      <p className="hint">{text.socialHint}</p>
      <Links
        links={settings.social}
        languages={[]}
        fault={(rest) => fault(`/social${rest}`)}
        onChange={(social) => set({ social })}
      />
    </section>
  );
}

function Links({
  links,
  languages,
  onChange,
  fault,
}: {
  readonly links: readonly Link[];
  readonly languages: readonly string[];
  readonly onChange: (links: Link[]) => void;
  readonly fault: (rest: string) => string | undefined;
}) {
  const text = useText(settingsText);
  const put = (at: number, link: Link): void => onChange(links.with(at, link));
  const move = (at: number, by: number): void => {
    const next = [...links];
    const [one] = next.splice(at, 1);
    if (one !== undefined) next.splice(at + by, 0, one);
    onChange(next);
  };
  return (
    <>
      <ol className="stack tight">
        {links.map((link, at) => (
          <li key={at} className="menu-link">
            <div className="columns">
              <TextField
                label={text.label}
                value={link.label}
                maxLength={60}
                fault={fault(`/${at}/label`)}
                onChange={(label) => put(at, { ...link, label })}
              />
              <TextField
                label={text.address}
                dir="ltr"
                value={link.href}
                maxLength={500}
                fault={fault(`/${at}/href`)}
                onChange={(href) => put(at, { ...link, href })}
              />
              {languages.map((language) => (
                <TextField
                  key={language}
                  label={text.labelIn(languageLabel(language))}
                  lang={language}
                  value={link.labels[language] ?? ''}
                  maxLength={60}
                  onChange={(value) => {
                    const { [language]: _gone, ...rest } = link.labels;
                    put(at, { ...link, labels: value === '' ? rest : { ...rest, [language]: value } });
                  }}
                />
              ))}
            </div>
            <div className="line">
              <IconButton icon="up" label={text.up} disabled={at === 0} onClick={() => move(at, -1)} />
              <IconButton
                icon="down"
                label={text.down}
                disabled={at === links.length - 1}
                onClick={() => move(at, 1)}
              />
              <IconButton
                icon="trash"
                label={`${text.remove}: ${link.label}`}
                onClick={() => onChange(links.toSpliced(at, 1))}
              />
            </div>
          </li>
        ))}
      </ol>
      <div>
        <Button icon="plus" onClick={() => onChange([...links, { label: '', href: '', labels: {} }])}>
          {text.addLink}
        </Button>
      </div>
    </>
  );
}
