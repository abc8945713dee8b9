import { useState } from 'react';
import { api } from '../../api.ts';
import { useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { Badge, Button, IconButton, say, sayFault, Select, Tabs, TextField, TimeOf } from '../../ui/kit.ts';
import { useChanges, usePreviews, useRefreshWork, type Work } from './data.ts';

type Made = { readonly id: string; readonly url: string };
type Look = 'phone' | 'desk' | 'card' | 'search';

const HOURS = { '1': 1, '24': 24, '72': 72, '168': 168 } as const;

/** Looks at a revision as a reader will, and gives others an address that does the same for a while. */
export function Previews({
  work,
  save,
}: {
  readonly work: Work;
  readonly save?: (() => Promise<{ readonly revision: number; readonly fault: string | null }>) | undefined;
}) {
  const text = useText(desksText);
  const refresh = useRefreshWork(work.article);
  const { data: links = [] } = usePreviews(work.article);
  const [look, setLook] = useState<Look>('phone');
  const [shown, setShown] = useState<Made>();
  const [told, setTold] = useState<Made>();
  const [label, setLabel] = useState('');
  const [hours, setHours] = useState<keyof typeof HOURS>('72');
  const make = async (body: { hours: number; label?: string }): Promise<Made | undefined> => {
    try {
      const saved = await save?.();
      const target = { kind: 'article', id: work.article, revision: saved?.revision ?? work.revision };
      const made = await api.post<Made>('previews', { target, ...body });
      refresh();
      return made;
    } catch (cause) {
      sayFault(cause);
      return undefined;
    }
  };
  const revoke = async (id: string): Promise<void> => {
    try {
      await api.delete(`previews/${id}`);
      say({ title: text.revoked });
      refresh();
    } catch (cause) {
      sayFault(cause);
    }
  };
  const path = shown === undefined ? undefined : new URL(shown.url).pathname;
  return (
    <section className="stack loose" aria-label={text.preview}>
      <div className="line apart">
        <h3>{text.preview}</h3>
        <Button
          icon="eye"
          onClick={() => void make({ hours: 1, label: text.myLook }).then((made) => setShown(made))}
        >
          {text.look(work.revision)}
        </Button>
      </div>
      {path !== undefined && (
        <Tabs<Look>
          label={text.preview}
          value={look}
          onChange={setLook}
          tabs={[
            {
              value: 'phone',
              label: text.phone,
              content: <Frame path={path} width="phone" title={text.phone} />,
            },
            {
              value: 'desk',
              label: text.deskWide,
              content: <Frame path={path} width="desk" title={text.deskWide} />,
            },
            {
              value: 'card',
              label: text.card,
              content: (
                <img className="card" src={`${path}/card.png`} alt={text.cardAlt} width={600} height={315} />
              ),
            },
            { value: 'search', label: text.searchResult, content: <SearchResult work={work} /> },
          ]}
        />
      )}
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          void make({ hours: HOURS[hours], ...(label.trim() === '' ? {} : { label: label.trim() }) }).then(
            (made) => {
              setTold(made);
              setLabel('');
            },
          );
        }}
      >
        <h4>{text.linkForOthers}</h4>
        <p className="quiet small">{text.linkHelp}</p>
        <div className="line wrap end">
          <TextField label={text.forWhom} value={label} onChange={setLabel} />
          <Select<keyof typeof HOURS>
            label={text.opensFor}
            value={hours}
            choices={(Object.keys(HOURS) as (keyof typeof HOURS)[]).map((value) => ({
              value,
              label: text.hours[value],
            }))}
            onChange={setHours}
          />
          <Button type="submit" icon="link">
            {text.makeLink}
          </Button>
        </div>
        {told !== undefined && (
          <p role="status" className="told">
            <span>{text.toldOnce}</span>
            <input
              className="input"
              readOnly
              dir="ltr"
              aria-label={text.address}
              value={told.url}
              onFocus={(event) => event.target.select()}
            />
          </p>
        )}
      </form>
      {links.length > 0 && (
        <ul className="plainlist small links">
          {links.map((link) => (
            <li key={link.id} className="line apart" data-state={link.state}>
              <span>
                <Badge mark={link.state === 'open' ? 'half' : 'ended'}>{text.linkState[link.state]}</Badge>{' '}
                {link.label === '' ? text.unnamed : link.label} · {link.createdBy.name} ·{' '}
                {link.revision !== null && text.revisionOf(link.revision)} · {text.until}{' '}
                <TimeOf instant={link.expiresAt} /> · {text.uses(link.uses)}
              </span>
              {link.state === 'open' && (
                <IconButton icon="close" label={text.revoke} onClick={() => void revoke(link.id)} />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Frame({
  path,
  width,
  title,
}: {
  readonly path: string;
  readonly width: 'phone' | 'desk';
  readonly title: string;
}) {
  return (
    <div className={`device ${width}`} tabIndex={0} role="region" aria-label={title}>
      <iframe src={path} title={title} />
    </div>
  );
}

/** As a search engine would draw it: title, address, description, cut where they usually are. */
function SearchResult({ work }: { readonly work: Work }) {
  const { data } = useChanges(work.article, work.revision);
  const { name } = useSite();
  if (data === undefined) return null;
  const cut = (said: string, max: number): string =>
    said.length > max ? `${said.slice(0, max - 1)}…` : said;
  return (
    <div className="found" dir="auto">
      <p className="small">
        {name}{' '}
        <span className="quiet" dir="ltr">
          {location.host + data.path}
        </span>
      </p>
      <p className="foundtitle">{cut(data.title, 60)}</p>
      <p className="small">{cut(data.description, 155)}</p>
    </div>
  );
}
