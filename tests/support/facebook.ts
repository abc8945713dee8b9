import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const APP = { id: '1234567', secret: 'app-secret-of-the-test' } as const;

/** A server that speaks as the login dialog and the Graph API do: codes once, PKCE, secrets and `appsecret_proof` checked. */
export type FakeFacebook = {
  readonly address: string;
  /** Who is signed in there. */
  person: { id: string; name: string; email?: string };
  readonly refused: string[];
} & AsyncDisposable;

export async function serveFacebook(): Promise<FakeFacebook> {
  const codes = new Map<string, { challenge: string; redirect: string; person: FakeFacebook['person'] }>();
  const tokens = new Map<string, FakeFacebook['person']>();
  const refused: string[] = [];
  let made = 0;
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://x');
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const json = (status: number, body: unknown): void => {
        if (status !== 200) refused.push(JSON.stringify(body));
        res.writeHead(status, { 'content-type': 'application/json' });
        res.end(JSON.stringify(body));
      };
      if (url.pathname === '/dialog/oauth') {
        made += 1;
        const redirect = url.searchParams.get('redirect_uri') ?? '';
        codes.set(`code${made}`, {
          challenge: url.searchParams.get('code_challenge') ?? '',
          redirect,
          person: facebook.person,
        });
        const back = new URL(redirect);
        back.search = new URLSearchParams({
          code: `code${made}`,
          state: url.searchParams.get('state') ?? '',
        }).toString();
        res.writeHead(302, { location: back.href });
        return void res.end();
      }
      if (url.pathname === '/oauth/access_token') {
        const code = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (
          code === undefined ||
          form.get('client_id') !== APP.id ||
          form.get('client_secret') !== APP.secret ||
          form.get('redirect_uri') !== code.redirect ||
          challenge !== code.challenge
        )
          return json(400, { error: { message: 'Invalid verification code format.' } });
        tokens.set(`token${made}`, code.person);
        return json(200, { access_token: `token${made}`, token_type: 'bearer', expires_in: 5_000_000 });
      }
      const token = url.searchParams.get('access_token') ?? '';
      const proof = createHmac('sha256', APP.secret).update(token).digest('hex');
      const person = tokens.get(token);
      if (url.pathname !== '/me' || person === undefined || url.searchParams.get('appsecret_proof') !== proof)
        return json(400, { error: { message: 'Invalid appsecret_proof provided in the API argument' } });
      return json(200, person);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const facebook: FakeFacebook = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: { id: '100', name: 'Ada Reader', email: 'ada@reader.example' },
    refused,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return facebook;
}

/** A `signed_request` as Facebook posts it. */
export function signedRequest(data: Record<string, unknown>, secret: string = APP.secret): string {
  const payload = Buffer.from(JSON.stringify(data)).toString('base64url');
  return `${createHmac('sha256', secret).update(payload).digest('base64url')}.${payload}`;
}
