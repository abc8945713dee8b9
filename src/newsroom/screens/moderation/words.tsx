import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WordRule, WordRuleInput } from '../../../contract/moderation.ts';
import { api, newKey } from '../../api.ts';
import { useMay, useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { moderationRulesText } from '../../strings/moderation-rules.ts';
import { Button, Checkbox, ErrorState, say, sayFault, Select, Skeleton, TextField } from '../../ui/kit.ts';
import { useParagraphs } from './queue-data.ts';

/** The paragraph that a rule cites: none, or one of the standards. */
export function ParagraphSelect({
  value,
  onChange,
}: {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}) {
  const text = useText(moderationRulesText);
  const paragraphs = useParagraphs();
  return (
    <Select
      label={text.paragraph}
      value={value ?? ''}
      choices={[
        { value: '', label: text.noParagraph },
        ...paragraphs.map((paragraph, n) => ({ value: paragraph.id, label: `${n + 1}. ${paragraph.title}` })),
      ]}
      onChange={(next) => onChange(next === '' ? null : next)}
    />
  );
}

const fresh: WordRuleInput = {
  phrase: '',
  language: null,
  inflected: false,
  action: 'hold',
  standard: null,
  enabled: true,
  note: '',
};

export function WordList() {
  const text = useText(moderationRulesText);
  const writes = useMay()('moderation:rules');
  const { languages } = useSite();
  const [rule, setRule] = useState(fresh);
  const query = useQuery({
    queryKey: ['moderation', 'words'],
    queryFn: () => api.get<{ items: WordRule[] }>('moderation/words'),
  });
  const refresh = (): void => void query.refetch();
  const paragraphs = useParagraphs();
  const add = async (): Promise<void> => {
    try {
      await api.post('moderation/words', rule, { idempotencyKey: newKey() });
      setRule({ ...fresh, language: rule.language, action: rule.action, standard: rule.standard });
      refresh();
    } catch (cause) {
      sayFault(cause);
    }
  };
  const drop = async (of: WordRule): Promise<void> => {
    const { id, phrase, language, inflected, action, standard, enabled, note } = of;
    try {
      await api.delete(`moderation/rules/${id}`);
      const back = { phrase, language, inflected, action, standard, enabled, note };
      say({
        title: text.takenOff(phrase),
        undo: async () => {
          await api.post('moderation/words', back);
          refresh();
        },
      });
      refresh();
    } catch (cause) {
      sayFault(cause);
    }
  };
  if (query.isError) return <ErrorState error={query.error} retry={refresh} />;
  if (query.data === undefined) return <Skeleton />;
  return (
    <>
      {writes && (
        <form
          className="mod-form"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <TextField
            label={text.phrase}
            value={rule.phrase}
            onChange={(phrase) => setRule({ ...rule, phrase })}
            required
          />
          <Select
            label={text.language}
            value={rule.language ?? ''}
            choices={[
              { value: '', label: text.everyLanguage },
              ...languages.map((value) => ({ value, label: value })),
            ]}
            onChange={(language) =>
              setRule({
                ...rule,
                language: language === '' ? null : language,
                inflected: language !== '' && rule.inflected,
              })
            }
          />
          <Select
            label={text.action}
            value={rule.action}
            choices={[
              { value: 'hold', label: text.holdAction },
              { value: 'reject', label: text.rejectAction },
            ]}
            onChange={(action) => setRule({ ...rule, action })}
          />
          <ParagraphSelect value={rule.standard} onChange={(standard) => setRule({ ...rule, standard })} />
          <Checkbox
            label={text.inflected}
            checked={rule.inflected}
            disabled={rule.language === null}
            onChange={(inflected) => setRule({ ...rule, inflected })}
          />
          <Button kind="first" type="submit">
            {text.add}
          </Button>
        </form>
      )}
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th>{text.phrase}</th>
              <th>{text.language}</th>
              <th>{text.action}</th>
              <th>{text.paragraph}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {query.data.items.map((each) => (
              <tr key={each.id}>
                <td dir="auto">
                  {each.phrase} {each.inflected && <span className="quiet">({text.inflected})</span>}
                </td>
                <td>{each.language ?? text.everyLanguage}</td>
                <td>{each.action === 'hold' ? text.holdAction : text.rejectAction}</td>
                <td>{paragraphs.find(({ id }) => id === each.standard)?.title ?? ''}</td>
                <td>
                  {writes && (
                    <Button kind="plain" onClick={() => void drop(each)}>
                      {text.takeOff}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
