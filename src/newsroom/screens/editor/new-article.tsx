import { useEffect, useRef } from 'react';
import { api, newKey } from '../../api.ts';
import { useGo } from '../../app/navigate.ts';
import { useSite } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { editorText } from '../../strings/editor.ts';
import { sayFault } from '../../ui/kit.ts';
import { Skeleton } from '../../ui/states.tsx';

/** Makes a draft and goes to it. */
export function Screen() {
  const text = useText(editorText);
  const go = useGo();
  const { languages } = useSite();
  const begun = useRef(false);
  useEffect(() => {
    // Strict mode runs effects twice; a draft is made once.
    if (begun.current) return;
    begun.current = true;
    const content = {
      language: languages[0] ?? 'en',
      headline: text.untitled,
      body: { type: 'doc', content: [] },
    };
    api
      .post<{ id: string }>('articles', { content }, { idempotencyKey: newKey() })
      .then(({ id }) => go(`articles/${id}`), sayFault);
  });
  return <Skeleton />;
}
