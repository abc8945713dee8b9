import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { BulkAction, BulkAnswer, UndoAnswer } from '../../../contract/lists.ts';
import { api, newKey } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { articlesText } from '../../strings/articles.ts';
import {
  Button,
  Combobox,
  Dialog,
  type Finds,
  Menu,
  type Option,
  say,
  sayFault,
  Select,
} from '../../ui/kit.ts';
import { desksQuery, findConcepts, findPeople, findStorylines, sectionsQuery } from './lookups.ts';

type Kind = BulkAction['kind'];
type Bulk = z.infer<typeof BulkAnswer>;

/** What can be done to the chosen articles; each thing can be undone, and what was refused is told with its reason. */
export function BulkBar({
  chosen,
  onNone,
}: {
  readonly chosen: ReadonlySet<string>;
  readonly onNone: () => void;
}) {
  const text = useText(articlesText);
  const may = useMay();
  const queries = useQueryClient();
  const [kind, setKind] = useState<Kind>();
  const [refused, setRefused] = useState<Bulk['refused']>([]);
  const key = useRef(newKey());
  const fresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['articles'] });
  const undo = async (done: Bulk): Promise<void> => {
    try {
      const back = await api.post<z.infer<typeof UndoAnswer>>(`bulk/${done.id}/undo`);
      setRefused(back.refused);
      say({ title: text.undone(back.done) });
    } catch (cause) {
      sayFault(cause);
    }
    await fresh();
  };
  const run = useMutation({
    mutationFn: (action: BulkAction) =>
      api.post<Bulk>('bulk', { action, articles: [...chosen] }, { idempotencyKey: key.current }),
    onSuccess: async (done) => {
      key.current = newKey();
      setKind(undefined);
      setRefused(done.refused);
      say({
        title: text.done(done.done),
        ...(done.unchanged === 0 ? {} : { detail: text.unchanged(done.unchanged) }),
        ...(done.done === 0 ? {} : { undo: () => undo(done) }),
      });
      await fresh();
    },
    onError: sayFault,
  });
  const item = (label: string, of: Kind) => ({ label, onSelect: () => setKind(of) });
  return (
    <div className="bulk line" role="region" aria-label={text.chosen(chosen.size)}>
      <strong aria-live="polite">{text.chosen(chosen.size)}</strong>
      {may('articles:desk') && (
        <>
          <Button onClick={() => setKind('desk')}>{text.putOnDesk}</Button>
          <Button onClick={() => setKind('assign')}>{text.giveTo}</Button>
          <Button busy={run.isPending} onClick={() => run.mutate({ kind: 'ready' })}>
            {text.setReady}
          </Button>
        </>
      )}
      {may('articles:write') && (
        <Menu
          trigger={<Button icon="down">{text.section}…</Button>}
          items={[
            item(text.setSection, 'section'),
            item(text.setUrgency, 'urgency'),
            item(text.addTag, 'add-concept'),
            item(text.removeTag, 'remove-concept'),
            item(text.addStoryline, 'add-storyline'),
          ]}
        />
      )}
      <Button kind="plain" onClick={onNone}>
        {text.chooseNone}
      </Button>
      {kind !== undefined && (
        <ActionDialog
          kind={kind}
          busy={run.isPending}
          onClose={() => setKind(undefined)}
          onDo={(action) => run.mutate(action)}
        />
      )}
      <Dialog
        open={refused.length > 0}
        onOpenChange={() => setRefused([])}
        title={text.refused(refused.length)}
      >
        <ul className="stack tight">
          {refused.map((one) => (
            <li key={one.id}>
              <strong dir="auto">{one.headline}</strong>
              <div className="quiet">{one.why}</div>
            </li>
          ))}
        </ul>
      </Dialog>
    </div>
  );
}

type ActionProps = {
  readonly kind: Kind;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onDo: (action: BulkAction) => void;
};

const NONE = '-';

function ActionDialog({ kind, busy, onClose, onDo }: ActionProps) {
  const text = useText(articlesText);
  const { data: desks = [] } = useQuery(desksQuery);
  const { data: sections = [] } = useQuery(sectionsQuery);
  const [value, setValue] = useState(kind === 'urgency' ? '5' : '');
  const [noun, setNoun] = useState<Option | null>(null);
  const titles: Readonly<Partial<Record<Kind, string>>> = {
    desk: text.putOnDesk,
    assign: text.giveTo,
    section: text.setSection,
    urgency: text.setUrgency,
    'add-concept': text.addTag,
    'remove-concept': text.removeTag,
    'add-storyline': text.addStoryline,
  };
  const finds: Readonly<Partial<Record<Kind, [string, Finds]>>> = {
    assign: [text.assignee, findPeople],
    'add-concept': [text.concept, findConcepts],
    'remove-concept': [text.concept, findConcepts],
    'add-storyline': [text.storyline, findStorylines],
  };
  const choices: Readonly<Partial<Record<Kind, [string, { value: string; label: string }[]]>>> = {
    desk: [text.desk, desks.map(({ slug, name }) => ({ value: slug, label: name }))],
    section: [text.section, sections.map(({ id, name }) => ({ value: id, label: name }))],
    urgency: [text.urgency, Array.from({ length: 9 }, (_, i) => ({ value: `${i + 1}`, label: `${i + 1}` }))],
  };
  const find = finds[kind];
  const choice = choices[kind];
  const action = actionOf(kind, { value, noun });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={titles[kind] ?? ''}>
      {find !== undefined && <Combobox label={find[0]} value={noun} onChange={setNoun} find={find[1]} />}
      {choice !== undefined && (
        <Select
          label={choice[0]}
          value={value}
          onChange={setValue}
          choices={[...(kind === 'urgency' ? [] : [{ value: NONE, label: text.none }]), ...choice[1]]}
        />
      )}
      <div className="actions">
        <Button onClick={onClose}>{text.cancel}</Button>
        <Button
          kind="first"
          busy={busy}
          disabled={action === undefined}
          onClick={() => action !== undefined && onDo(action)}
        >
          {text.apply}
        </Button>
      </div>
    </Dialog>
  );
}

function actionOf(
  kind: Kind,
  { value, noun }: { value: string; noun: Option | null },
): BulkAction | undefined {
  const named = value === NONE ? null : value;
  switch (kind) {
    case 'desk':
      return value === '' ? undefined : { kind, desk: named };
    case 'section':
      return value === '' ? undefined : { kind, section: named };
    case 'urgency':
      return { kind, urgency: Number(value) };
    case 'assign':
      return noun === null ? undefined : { kind, to: noun.id };
    case 'add-concept':
    case 'remove-concept':
      return noun === null ? undefined : { kind, concept: noun.id };
    case 'add-storyline':
    case 'remove-storyline':
      return noun === null ? undefined : { kind, storyline: noun.id };
    case 'ready':
      return { kind };
  }
}
