import type { Door } from './door.ts';
import { authenticate, slugOf } from './encoder.ts';
import type { Head } from './head.ts';
import { basicOf, type Connection, refuse } from './connection.ts';
import { rawQuery, titleOf } from './metadata.ts';

/** What else comes to the port of encoders: their titles, what they ask of the station, and listeners. */
export async function answerOther(door: Door, given: Connection & { head: Head }): Promise<void> {
  const { socket, head } = given;
  if (head.method !== 'GET' && head.method !== 'HEAD')
    return refuse(socket, 405, 'Encoders send PUT or SOURCE; listeners send GET.');
  const path = head.target.split('?')[0] ?? '';
  if (path === '/admin/metadata' || path === '/admin/metadata.xsl' || path === '/admin.cgi')
    return updateTitle(door, { ...given, shoutcast: path === '/admin.cgi' });
  if (path === '/status-json.xsl') {
    const body = JSON.stringify(door.status());
    socket.end(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${head.method === 'HEAD' ? '' : body}`,
    );
    return;
  }
  const mount = door.mount(slugOf(path));
  if (mount === undefined) return refuse(socket, 404, 'There is no such mount.');
  door.listen({ mount, head, socket });
}

/** `mode=updinfo` of Icecast, with the password of the mount's encoders; Shoutcast has its password in the query. */
async function updateTitle(
  door: Door,
  given: Connection & { head: Head; shoutcast: boolean },
): Promise<void> {
  const { socket, head, shoutcast } = given;
  const query = rawQuery(head.target);
  if ((query.get('mode') ?? '') !== 'updinfo') return refuse(socket, 400, 'Only mode=updinfo is known here.');
  const text = (name: string): string => {
    try {
      return decodeURIComponent(String(query.get(name) ?? '').replaceAll('+', ' '));
    } catch {
      return '';
    }
  };
  const basic: { name: string; password: string; slug?: string } | undefined =
    shoutcast && query.has('pass') ? splitPass(text('pass')) : basicOf(head);
  if (basic === undefined) return refuse(socket, 401, 'This needs a name and a password.');
  const slug = basic.slug || slugOf(text('mount'));
  const mount = slug === '' ? door.firstMount() : door.mount(slug);
  const credential = await authenticate(door, { ...given, mount, ...basic });
  if (credential === 'blocked') return refuse(socket, 429, 'Too many wrong passwords. Wait a minute.');
  if (credential === undefined || mount === undefined)
    return refuse(socket, 401, 'Name or password is wrong for this mount.');
  const title = titleOf(head);
  if (title === undefined) return refuse(socket, 400, 'The update names no song, title or artist.');
  // Who is not on the air does not say what is.
  if (mount.session?.sourceId !== credential.id)
    return refuse(socket, 403, 'This encoder is not on the air.');
  mount.encoderTitle(undefined, title);
  const body =
    '<?xml version="1.0"?>\n<iceresponse><message>Metadata update successful</message><return>1</return></iceresponse>\n';
  socket.end(
    `HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function splitPass(pass: string): { name: string; password: string; slug?: string } {
  const [slug = '', ...others] = pass.split(':');
  return others.length === 0
    ? { name: 'source', password: pass }
    : { name: 'source', password: others.join(':'), slug };
}
