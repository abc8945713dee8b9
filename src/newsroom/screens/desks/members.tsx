import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { Button, Combobox, IconButton, type Option, sayFault, Select } from '../../ui/kit.ts';
import type { Desk, Page } from './data.ts';

type Person = { readonly id: string; readonly name: string; readonly role?: string };

/** Who is on a desk. */
export function Members({ desk }: { readonly desk: Desk }) {
  const text = useText(desksText);
  const client = useQueryClient();
  const [person, setPerson] = useState<Option | null>(null);
  const put = async (user: string, part: 'member' | 'lead' | null): Promise<void> => {
    try {
      const at = `desks/${desk.id}/members/${user}`;
      await (part === null ? api.delete(at) : api.put(at, { part }));
      await client.invalidateQueries({ queryKey: ['desks'] });
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <section className="stack tight" aria-label={text.members}>
      <h2>{text.members}</h2>
      <ul className="plainlist">
        {desk.members.map((member) => (
          <li key={member.user} className="line apart">
            <span>
              {member.name} <span className="quiet small">{member.role}</span>
            </span>
            <span className="line">
              <Select<'member' | 'lead'>
                quiet
                label={text.partOf(member.name)}
                value={member.part}
                choices={(['member', 'lead'] as const).map((value) => ({ value, label: text.part[value] }))}
                onChange={(part) => void put(member.user, part)}
              />
              <IconButton
                icon="close"
                label={text.takeOff(member.name)}
                onClick={() => void put(member.user, null)}
              />
            </span>
          </li>
        ))}
      </ul>
      <div className="line wrap end">
        <Combobox
          label={text.somebody}
          value={person}
          onChange={setPerson}
          find={async (typed, signal) => {
            const { items } = await api.get<Page<Person>>('people', {
              query: { q: typed, limit: 20 },
              signal,
            });
            return items.map(({ id, name, role }) => ({ id, label: name, note: role }));
          }}
        />
        <Button
          icon="plus"
          disabled={person === null}
          onClick={() => person !== null && void put(person.id, 'member').then(() => setPerson(null))}
        >
          {text.putOn}
        </Button>
      </div>
    </section>
  );
}
