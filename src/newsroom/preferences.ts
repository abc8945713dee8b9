import { useSyncExternalStore } from 'react';
import { directionOf, type Language, languages } from './i18n.ts';

/** What a person has set for this browser alone. */
export type Preferences = {
  readonly language: Language;
  readonly theme: 'auto' | 'light' | 'dark';
};

const KEY = 'dateline.newsroom.preferences';
const listeners = new Set<() => void>();
let current = load();

function load(): Preferences {
  let kept: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    kept = (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as typeof kept;
  } catch {
    // A browser without storage, or a value of another program: the defaults are as good.
    kept = {};
  }
  const wished = [kept.language, ...navigator.languages.map((tag) => tag.split('-')[0])];
  return {
    language: languages.find((language) => language === wished.find((one) => isLanguage(one))) ?? 'en',
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'auto',
  };
}

function isLanguage(value: unknown): value is Language {
  return (languages as readonly unknown[]).includes(value);
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // It holds until the page is left.
  }
  dress();
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

/** Writes language, direction and theme on the document. */
export function dress(): void {
  const { documentElement } = document;
  documentElement.lang = current.language;
  documentElement.dir = directionOf(current.language);
  documentElement.dataset['theme'] = current.theme;
}
