/** A browser without JavaScript: keeps cookies, follows nothing by itself, sends forms as the site's own pages do. Each request says that it comes
 * from an address of its own, which a site with DATELINE_TRUST_PROXY=1 believes. */
export type FormBrowser = {
  readonly jar: Map<string, string>;
  get(path: string): Promise<Seen>;
  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Seen>;
  upload(path: string, name: string, bytes: Uint8Array): Promise<Seen>;
};
export type Seen = {
  readonly status: number;
  readonly location: string;
  readonly body: string;
  readonly headers: Headers;
};

const SITE = { 'sec-fetch-site': 'same-origin' } as const;

let requests = 0;

export function formBrowser(address: string): FormBrowser {
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit): Promise<Seen> => {
    requests += 1;
    const from = `10.9.${requests >> 8}.${requests & 255}`;
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, address), {
      ...init,
      redirect: 'manual',
      headers: {
        ...(init.headers as Record<string, string>),
        'x-forwarded-for': from,
        ...(cookie === '' ? {} : { cookie }),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      body: await response.text(),
      headers: response.headers,
    };
  };
  return {
    jar,
    get: (path) => send(path, { headers: { 'accept-language': 'en' } }),
    post: (path, fields, headers = SITE) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { ...headers, 'accept-language': 'en' },
      }),
    upload: (path, name, bytes) => {
      const form = new FormData();
      form.set(name, new Blob([Buffer.from(bytes)]), 'picture.jpg');
      return send(path, { method: 'POST', body: form, headers: SITE });
    },
  };
}
