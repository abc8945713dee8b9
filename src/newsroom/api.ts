import { paths } from '../contract/routes.ts';

/** What a refusal of the API says (RFC 9457), in the fields that a screen shows. */
export type Refusal = {
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
};

export type Answer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

/** One request to the API; `rest` is the address below `/api/v1/`. A refusal is a value, a broken line is thrown. */
export async function call(rest: string, request: RequestInit = {}): Promise<Answer> {
  const response = await fetch(paths.api(rest), { ...request, credentials: 'same-origin' });
  const type = response.headers.get('content-type') ?? '';
  const body: unknown = /\bjson\b/.test(type) ? await response.json() : undefined;
  if (response.ok) return { ok: true, body };
  return { ok: false, refusal: refusalOf(response, body) };
}

function refusalOf(response: Response, body: unknown): Refusal {
  const said = typeof body === 'object' && body !== null ? body : {};
  const title = 'title' in said && typeof said.title === 'string' ? said.title : response.statusText;
  const detail = 'detail' in said && typeof said.detail === 'string' ? said.detail : undefined;
  return { status: response.status, title, detail };
}
