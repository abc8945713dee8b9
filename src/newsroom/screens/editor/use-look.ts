import { useEffect, useState } from 'react';
import * as Y from 'yjs';
import type { LookAnswer } from '../../../contract/shared/answers.ts';
import { api } from '../../api.ts';
import { toBase64 } from './sync/browser-session.ts';

const NOTE_EVERY_MS = 60_000;

/** What this person had seen before this visit; notes, while the article is open, what has been seen. Undefined until it is known. */
export function useLook(articleId: string, doc: Y.Doc): LookAnswer | undefined {
  const [answer, setAnswer] = useState<LookAnswer>();
  useEffect(() => {
    let left = false;
    const note = (): Promise<unknown> =>
      api
        .put(`articles/${articleId}/shared/look`, { vector: toBase64(Y.encodeStateVector(doc)) })
        .catch(() => undefined);
    // What was seen before is read before what is seen now is noted.
    void api.get<LookAnswer>(`articles/${articleId}/shared/look`).then(
      (read) => {
        if (!left) setAnswer(read);
        return note();
      },
      () => undefined,
    );
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void note();
    }, NOTE_EVERY_MS);
    return () => {
      left = true;
      clearInterval(timer);
      void note();
    };
  }, [articleId, doc]);
  return answer;
}
