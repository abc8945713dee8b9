import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DomainRule, DomainRuleInput } from '../../../contract/moderation.ts';
import { api, newKey } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { moderationRulesText } from '../../strings/moderation-rules.ts';
import { Button, ErrorState, say, sayFault, Select, Skeleton, TextField } from '../../ui/kit.ts';
import { ParagraphSelect } from './words.tsx';

export function DomainList() {
  const text = useText(moderationRulesText);
  const writes = useMay()('moderation:rules');
  const [rule, setRule] = useState<DomainRuleInput>({
    domain: '',
    action: 'reject',
    standard: null,
    note: '',
  });
  const query = useQuery({
    queryKey: ['moderation', 'domains'],
    queryFn: () => api.get<{ items: DomainRule[] }>('moderation/domains'),
  });
  const refresh = (): void => void query.refetch();
  const actions = { publish: text.publishAction, hold: text.holdAction, reject: text.rejectAction };
  const add = async (): Promise<void> => {
    try {
      await api.post('moderation/domains', rule, { idempotencyKey: newKey() });
      setRule({ ...rule, domain: '' });
      refresh();
    } catch (cause) {
      sayFault(cause);
    }
  };
  const drop = async ({ id, domain, action, standard, note }: DomainRule): Promise<void> => {
    try {
      await api.delete(`moderation/rules/${id}`);
      const back = { domain, action, standard, note };
      say({
        title: text.takenOff(domain),
        undo: async () => {
          await api.post('moderation/domains', back);
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
            label={text.domain}
            value={rule.domain}
            onChange={(domain) => setRule({ ...rule, domain })}
            dir="ltr"
            required
          />
          <Select
            label={text.action}
            value={rule.action}
            choices={(['publish', 'hold', 'reject'] as const).map((value) => ({
              value,
              label: actions[value],
            }))}
            onChange={(action) => setRule({ ...rule, action })}
          />
          <ParagraphSelect value={rule.standard} onChange={(standard) => setRule({ ...rule, standard })} />
          <Button kind="first" type="submit">
            {text.add}
          </Button>
        </form>
      )}
      <table className="table">
        <tbody>
          {query.data.items.map((each) => (
            <tr key={each.id}>
              <td dir="ltr">{each.domain}</td>
              <td>{actions[each.action]}</td>
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
    </>
  );
}
