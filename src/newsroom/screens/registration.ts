import type { ComponentType } from 'react';
import type { Permission } from '../../contract/permissions.ts';
import type { Said } from '../i18n.ts';

export const navGroups = ['work', 'edition', 'media', 'community', 'radio', 'audience', 'house'] as const;
export type NavGroup = (typeof navGroups)[number];

/** One screen of the newsroom. */
export type Screen = {
  /** Below `/newsroom/`, as the router writes it: `articles`, `articles/$articleId`. Empty: the first screen. */
  readonly path: string;
  /** The name of the screen: of the document, in the navigation and in the palette. */
  readonly title: Said;
  /** Other words by which the palette finds it. */
  readonly words?: Said;
  /** Without it the screen is neither offered nor shown. */
  readonly permission?: Permission;
  /** `() => import('./article-list.tsx')`: the module is a chunk of its own, loaded when the screen is opened. */
  readonly load: () => Promise<{ readonly Screen: ComponentType }>;
  /** Where it stands in the navigation; without it, it is reached by the palette (if it has no `$name`) and by links. */
  readonly nav?: { readonly group: NavGroup; readonly order: number };
  /** How many things wait behind it; shown beside its name while it is not nought. */
  readonly waiting?: { readonly key: readonly string[]; readonly count: () => Promise<number> };
  /** Uses the whole width and makes its own margins: the editor. */
  readonly wide?: boolean;
};

export type CommandContext = { readonly go: (path: string) => void };

/** Something that the palette can do from anywhere. */
export type Command = {
  readonly id: string;
  readonly title: Said;
  /** Other words by which the palette finds it. */
  readonly words?: Said;
  readonly permission?: Permission;
  /** Its key, from anywhere but fields of text: `c`, `g a` (one after the other), `mod+shift+p`. */
  readonly keys?: string;
  run(context: CommandContext): void | Promise<void>;
};

/** A line of the help sheet for keys that a screen minds itself. */
export type KeyHelp = { readonly keys: string; readonly title: Said; readonly where: Said };

export type Hit = {
  readonly id: string;
  readonly label: string;
  /** A second, quieter word: the state of an article, the kind of a concept. */
  readonly note?: string;
  /** Address below `/newsroom/`. */
  readonly to: string;
};

/** Finds things of the house by what one types into the palette. */
export type Finder = {
  readonly id: string;
  readonly title: Said;
  readonly permission?: Permission;
  find(text: string, signal: AbortSignal): Promise<readonly Hit[]>;
};

/** What a feature brings to the newsroom; listed in `screens/index.ts`. */
export type Registration = {
  readonly screens?: readonly Screen[];
  readonly commands?: readonly Command[];
  readonly finders?: readonly Finder[];
  readonly keys?: readonly KeyHelp[];
};
