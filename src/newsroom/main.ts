/**
 * The newsroom's own program: it runs in a browser, speaks to `/api/v1` alone, and is compiled apart from the server so
 * that neither can reach into the other. Until it has screens, editors work through the API and the command line.
 */
import { call } from './api.ts';

/** What the newsroom knows of itself before anyone has signed in. */
export async function reachable(): Promise<boolean> {
  const answer = await call('openapi.json');
  return answer.ok;
}
