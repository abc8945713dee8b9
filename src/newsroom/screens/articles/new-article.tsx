import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { api, newKey } from '../../api.ts';
import { useGo } from '../../app/navigate.ts';
import { useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { articlesText } from '../../strings/articles.ts';
import { Button, sayFault, Select, TextField } from '../../ui/kit.ts';
import { languageLabel } from './names.ts';

export function Screen() {
  const text = useText(articlesText);
  const { languages } = useSite();
  const [headline, setHeadline] = useState('');
  const [language, setLanguage] = useState(languages[0] ?? 'en');
  const go = useGo();
  const queries = useQueryClient();
  const key = useRef(newKey());
  const begin = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>(
        'articles',
        { content: { headline: headline.trim(), language, body: { type: 'doc', content: [] } } },
        { idempotencyKey: key.current },
      ),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['articles'] });
      go(`articles/${id}`);
    },
    onError: sayFault,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (headline.trim() !== '') begin.mutate();
  };
  return (
    <form className="stack narrow-form" onSubmit={submit}>
      <h1>{text.newTitle}</h1>
      <TextField
        label={text.headline}
        value={headline}
        onChange={setHeadline}
        maxLength={300}
        required
        autoFocus
      />
      {languages.length > 1 && (
        <Select
          label={text.language}
          value={language}
          onChange={setLanguage}
          choices={languages.map((tag) => ({ value: tag, label: languageLabel(tag) }))}
        />
      )}
      <div className="actions">
        <Button kind="first" type="submit" busy={begin.isPending}>
          {text.create}
        </Button>
      </div>
    </form>
  );
}
