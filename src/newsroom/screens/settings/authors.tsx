import type { z } from 'zod';
import type { AuthorAnswer } from '../../../contract/noun-answers.ts';
import type { AuthorInput } from '../../../contract/nouns.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import { Checkbox, TextArea, TextField } from '../../ui/kit.ts';
import { NounList } from './noun-list.tsx';
import { slugField } from './slug.ts';

type Author = z.infer<typeof AuthorAnswer>;

export function Screen() {
  const text = useText(settingsText);
  const language = useLanguage();
  return (
    <NounList<Author, AuthorInput>
      path="authors"
      title={text.authors}
      newLabel={text.newAuthor}
      name={(author) => author.name}
      columns={[text.author, text.role, text.articles]}
      cells={(author) => [
        <a key="name" className="headline" href={author.path}>
          {author.name}
        </a>,
        author.roleTitle,
        <span key="count" className="figures">
          {number(language, author.articleCount)}
        </span>,
      ]}
      empty={{ name: '' }}
      inputOf={({ slug, name, names, bio, roleTitle, email, guest, asset }) => ({
        slug,
        name,
        names,
        bio,
        roleTitle,
        email,
        guest,
        asset,
      })}
      form={(value, set, fault) => (
        <>
          <TextField
            label={text.author}
            value={value.name}
            onChange={(name) => set({ name })}
            fault={fault('/name')}
            required
            maxLength={200}
          />
          <TextField
            label={text.role}
            value={value.roleTitle ?? ''}
            onChange={(roleTitle) => set({ roleTitle })}
            fault={fault('/roleTitle')}
            maxLength={200}
          />
          <TextArea
            label={text.bio}
            value={value.bio ?? ''}
            onChange={(bio) => set({ bio })}
            fault={fault('/bio')}
            maxLength={5000}
          />
          <TextField
            label={text.authorEmail}
            type="email"
            dir="ltr"
            value={value.email ?? ''}
            onChange={(email) => set({ email: email === '' ? null : email })}
            fault={fault('/email')}
          />
          <TextField
            label={text.slug}
            hint={text.slugHint}
            dir="ltr"
            value={value.slug ?? ''}
            onChange={(slug) => set(slugField(slug))}
            fault={fault('/slug')}
          />
          <Checkbox label={text.guest} checked={value.guest ?? false} onChange={(guest) => set({ guest })} />
        </>
      )}
    />
  );
}
