import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SectionInput } from '../../../contract/nouns.ts';
import { api } from '../../api.ts';
import { useMay, useSite } from '../../app/session.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import { Checkbox, IconButton, say, sayFault, TextArea, TextField } from '../../ui/kit.ts';
import { type Section, sectionsQuery } from '../articles/lookups.ts';
import { languageLabel } from '../articles/names.ts';
import { NounList } from './noun-list.tsx';
import { slugField } from './slug.ts';

const inputOf = ({ slug, name, names, description, position, listed }: Section): SectionInput => ({
  slug,
  name,
  names,
  description,
  position,
  listed,
});

export function Screen() {
  const text = useText(settingsText);
  const language = useLanguage();
  const may = useMay();
  const { languages } = useSite();
  const { data: sections = [] } = useQuery(sectionsQuery);
  return (
    <>
      <NounList<Section, SectionInput>
        path="sections"
        title={text.sections}
        newLabel={text.newSection}
        name={(section) => section.name}
        columns={[text.section, text.listed, text.articles]}
        cells={(section) => [
          <a key="name" className="headline" href={section.path}>
            {section.name}
          </a>,
          section.listed ? text.listed : text.unlisted,
          <span key="count" className="figures">
            {number(language, section.articleCount)}
          </span>,
        ]}
        empty={{ name: '', position: Math.max(0, ...sections.map(({ position }) => position)) + 1 }}
        inputOf={inputOf}
        form={(value, set, fault) => (
          <>
            <TextField
              label={text.section}
              value={value.name}
              onChange={(name) => set({ name })}
              fault={fault('/name')}
              required
              maxLength={100}
            />
            {languages.slice(1).map((tag) => (
              <TextField
                key={tag}
                label={text.nameIn(languageLabel(tag))}
                lang={tag}
                value={value.names?.[tag] ?? ''}
                maxLength={200}
                onChange={(name) => {
                  const { [tag]: _gone, ...rest } = value.names ?? {};
                  set({ names: name === '' ? rest : { ...rest, [tag]: name } });
                }}
              />
            ))}
            <TextArea
              label={text.description}
              value={value.description ?? ''}
              onChange={(description) => set({ description })}
              fault={fault('/description')}
              maxLength={2000}
            />
            <TextField
              label={text.slug}
              hint={text.slugHint}
              dir="ltr"
              value={value.slug ?? ''}
              onChange={(slug) => set(slugField(slug))}
              fault={fault('/slug')}
            />
            <Checkbox
              label={text.listed}
              checked={value.listed ?? true}
              onChange={(listed) => set({ listed })}
            />
          </>
        )}
      />
      {may('taxonomy:write') && <Order sections={sections} />}
    </>
  );
}

/** The order of the menu: one step up or down at a time, each saved at once and undone by the other. */
function Order({ sections }: { readonly sections: readonly Section[] }) {
  const text = useText(settingsText);
  const queries = useQueryClient();
  const listed = sections
    .filter((section) => section.listed)
    .toSorted((a, b) => a.position - b.position || (a.slug < b.slug ? -1 : 1));
  const move = useMutation({
    mutationFn: async ({ at, by }: { at: number; by: 1 | -1 }) => {
      const next = [...listed];
      const [one] = next.splice(at, 1);
      if (one !== undefined) next.splice(at + by, 0, one);
      // Sections that have one position, as a new site's have, are all numbered anew.
      for (const [position, section] of next.entries())
        if (section.position !== position)
          await api.put(
            `sections/${section.id}`,
            { ...inputOf(section), position },
            { ifMatch: `"${section.rowVersion}"` },
          );
    },
    onSuccess: () => say({ title: text.orderSaved }),
    onError: sayFault,
    onSettled: () => queries.invalidateQueries({ queryKey: ['sections'] }),
  });
  if (listed.length < 2) return null;
  return (
    <section className="stack tight order">
      <h2>{text.order}</h2>
      <p className="hint">{text.sectionsHint}</p>
      <ol>
        {listed.map((section, at) => (
          <li key={section.id} className="line">
            <IconButton
              icon="up"
              label={`${text.up}: ${section.name}`}
              disabled={at === 0 || move.isPending}
              onClick={() => move.mutate({ at, by: -1 })}
            />
            <IconButton
              icon="down"
              label={`${text.down}: ${section.name}`}
              disabled={at === listed.length - 1 || move.isPending}
              onClick={() => move.mutate({ at, by: 1 })}
            />
            <span className="headline">{section.name}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
