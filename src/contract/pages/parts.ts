import type { PageBase } from './chrome.ts';

/** A field of a form that works without JavaScript. */
export type PartField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly fault?: string;
} & (
  | {
      readonly type: 'text' | 'email' | 'url';
      readonly value: string;
      readonly required?: boolean;
      readonly max: number;
    }
  | { readonly type: 'area'; readonly value: string; readonly required?: boolean; readonly max: number }
  | {
      readonly type: 'choice';
      readonly value: string;
      readonly choices: readonly { value: string; label: string }[];
    }
  | { readonly type: 'check'; readonly checked: boolean; readonly required?: boolean }
);

export type Part =
  | { readonly part: 'text'; readonly text: string; readonly strong?: boolean }
  | { readonly part: 'quote'; readonly text: string; readonly lang?: string }
  | { readonly part: 'heading'; readonly text: string; readonly id?: string }
  | { readonly part: 'rows'; readonly rows: readonly { readonly label: string; readonly text: string }[] }
  | { readonly part: 'link'; readonly label: string; readonly href: string }
  | {
      readonly part: 'form';
      readonly action: string;
      readonly fields: readonly PartField[];
      readonly submit: string;
    };

/** A page of plain parts in order: decisions, reports, notices, figures. */
export type PartsPage = PageBase & { kind: 'parts'; headline: string; lede?: string; parts: readonly Part[] };
