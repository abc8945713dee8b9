import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { line } from '../api.ts';
import { paths } from '../../contract/routes.ts';
import { useText } from '../i18n.ts';
import { shellText } from '../strings/shell.ts';

const EVERY_MS = 4000;

/** Says that the server does not answer, asks it again every few seconds, and says when it does. */
export function OfflineBanner() {
  const text = useText(shellText);
  const queries = useQueryClient();
  const [reached, setReached] = useState(true);
  const [back, setBack] = useState(false);
  useEffect(() => {
    line.onChange = setReached;
    const lost = (): void => setReached(false);
    window.addEventListener('offline', lost);
    return () => window.removeEventListener('offline', lost);
  }, []);
  useEffect(() => {
    if (reached) return undefined;
    const timer = setInterval(() => {
      fetch(paths.api('openapi.json'), { method: 'HEAD', cache: 'no-store' }).then(
        () => {
          setReached(true);
          setBack(true);
          void queries.invalidateQueries();
          setTimeout(() => setBack(false), EVERY_MS);
        },
        () => undefined,
      );
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [reached, queries]);
  return (
    <div role="status" className={reached ? (back ? 'banner back' : 'banner none') : 'banner'}>
      {reached ? back && text.online : text.offline}
    </div>
  );
}
