import type { ComponentType } from 'react';
import type { Permission } from '../../../../contract/permissions.ts';
import { type Said, said } from '../../../i18n.ts';
import { desksTitles } from '../../../strings/desks.titles.ts';
import { taxonomyTitles } from '../../../strings/taxonomy.titles.ts';
import { later } from '../../../ui/later.tsx';

/** What a panel beside the text gets. */
export type PanelProps = {
  readonly articleId: string;
  /** The latest revision that is known. */
  readonly revision: number;
  /** Makes a revision of everything that is written: before a publish, a check, a preview. Rejects while the server is not reached. */
  readonly save: () => Promise<{ readonly revision: number; readonly fault: string | null }>;
  readonly mayWrite: boolean;
  /** Takes something into the article as if it had been chosen in its panel: a concept, a storyline. */
  readonly add: (field: 'storylines' | 'concepts', id: string) => void;
  /** The text as it stands, for what reads along. */
  readonly text: () => string;
};

/** A panel of another feature beside the text: publishing and checks, suggestions from the text. */
export type EditorPanel = {
  readonly id: string;
  readonly title: Said;
  readonly permission?: Permission;
  readonly component: ComponentType<PanelProps>;
};

/** The panels of other features, in their order. Each feature adds its own here. */
export const editorPanels: readonly EditorPanel[] = [
  {
    id: 'publishing',
    title: said(desksTitles, 'publishing'),
    permission: 'articles:publish',
    component: later<PanelProps>(async () => (await import('../../desks/publish-panel.tsx')).PublishPanel),
  },
  {
    id: 'checks',
    title: said(desksTitles, 'checks'),
    permission: 'articles:read',
    component: later<PanelProps>(async () => (await import('../../desks/publish-panel.tsx')).ChecksPanel),
  },
  {
    id: 'about',
    title: said(taxonomyTitles, 'about'),
    permission: 'articles:write',
    component: later<PanelProps>(async () => (await import('../../taxonomy/about-panel.tsx')).AboutPanel),
  },
];
