import { expect, test } from 'vitest';
import { docFromParagraphs } from '../../src/contract/document.ts';
import { mayRole, type Role, roles } from '../../src/contract/permissions.ts';
import { signedIn } from '../support/signed-in.ts';
import { serveApi, type TestApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';

type Person = { readonly id: string; readonly token: string };
type Act = {
  readonly what: string;
  readonly payload?: object;
  readonly headers?: Record<string, string>;
  readonly status: number;
};

/** What belongs to somebody, and what only they may do with it. */
type Owned = {
  readonly name: string;
  /** Roles that can have one. */
  readonly owners: readonly Role[];
  /** Whoever may do it with everybody’s. */
  readonly everybodys?: readonly Role[];
  readonly make: (api: TestApi, owner: Person) => Promise<readonly Act[]>;
};

const content = {
  language: 'en',
  headline: 'Bridge opens',
  lede: 'What happened.',
  body: docFromParagraphs(['A first paragraph.']),
};
const house = roles.filter((role) => role !== 'reader');
const writers = roles.filter((role) => mayRole(role, 'articles:write'));

async function made(api: TestApi, what: string, token: string, payload: object): Promise<string> {
  const answer = await api.ask(what, token, { payload });
  expect([200, 201], answer.body).toContain(answer.statusCode);
  return String(answer.json().id);
}

/** An article that is published, by its id. */
async function published(api: TestApi): Promise<string> {
  const { token } = await api.person('editor');
  const id = await made(api, 'POST /api/v1/articles', token, { content });
  await api.ask(`POST /api/v1/articles/${id}/publish`, token, { payload: {} });
  return id;
}

const OWNED: readonly Owned[] = [
  {
    name: 'an article: contributors write in their own alone',
    owners: ['contributor'],
    everybodys: writers.filter((role) => role !== 'contributor'),
    make: async (api, owner) => {
      const id = await made(api, 'POST /api/v1/articles', owner.token, { content });
      return [
        {
          what: `PUT /api/v1/articles/${id}`,
          payload: { content: { ...content, headline: 'Bridge closes' } },
          headers: { 'if-match': '*' },
          status: 200,
        },
      ];
    },
  },
  {
    name: 'a saved view',
    owners: house,
    make: async (api, owner) => {
      const view = { name: 'Mine', query: { state: 'draft' } };
      const id = await made(api, 'POST /api/v1/saved-views', owner.token, view);
      return [
        {
          what: `PUT /api/v1/saved-views/${id}`,
          payload: { ...view, name: 'Ours' },
          headers: { 'if-match': '*' },
          status: 200,
        },
        { what: `DELETE /api/v1/saved-views/${id}`, status: 204 },
      ];
    },
  },
  {
    name: 'a comment on a passage',
    owners: house,
    make: async (api, owner) => {
      const article = await published(api);
      const thread = await made(api, `POST /api/v1/articles/${article}/shared/threads`, owner.token, {
        anchor: { from: {}, to: {} },
        quote: 'first',
        body: 'Is it the first?',
      });
      const threads = `/api/v1/articles/${article}/shared/threads/${thread}/comments`;
      const id = await made(api, `POST ${threads}`, owner.token, { body: 'It is.' });
      return [
        { what: `PATCH ${threads}/${id}`, payload: { body: 'It was.' }, status: 204 },
        { what: `DELETE ${threads}/${id}`, status: 204 },
      ];
    },
  },
  {
    name: 'a comment in a discussion',
    owners: roles,
    make: async (api, owner) => {
      const article = await published(api);
      const id = await made(api, `POST /api/v1/discussions/${article}/comments`, owner.token, {
        text: `I was there, says ${owner.id}.`,
      });
      return [
        {
          what: `PUT /api/v1/comments/${id}`,
          payload: { text: `I was not, says ${owner.id}.` },
          status: 200,
        },
        { what: `DELETE /api/v1/comments/${id}`, status: 204 },
      ];
    },
  },
  {
    name: 'what was done to many',
    owners: writers,
    make: async (api, owner) => {
      const article = await made(api, 'POST /api/v1/articles', owner.token, { content });
      const id = await made(api, 'POST /api/v1/bulk', owner.token, {
        action: { kind: 'urgency', urgency: 2 },
        articles: [article],
      });
      return [{ what: `POST /api/v1/bulk/${id}/undo`, payload: {}, status: 200 }];
    },
  },
];

eachDatabase('what belongs to somebody', (open) => {
  for (const { name, owners, everybodys = [], make } of OWNED)
    test(`${name}: nobody else gets at it, whatever their role, and its owner does`, async () => {
      await using api = await serveApi(await open());
      const faults: string[] = [];
      const ask = async (who: string, by: Person, { what, payload, headers = {} }: Act): Promise<number> => {
        const answer = await api.ask(what, by.token, {
          headers,
          ...(payload === undefined ? {} : { payload }),
        });
        if (answer.statusCode >= 500) faults.push(`${who} ${what}: ${answer.body}`);
        return answer.statusCode;
      };
      for (const ownRole of owners) {
        const owner = await api.person(ownRole);
        const acts = await make(api, owner);
        for (const role of roles) {
          const other = await api.person(role);
          for (const act of acts) {
            const status = await ask(role, other, act);
            const expected = everybodys.includes(role) ? [act.status] : [403, 404];
            if (!expected.includes(status)) faults.push(`${role} at ${ownRole}’s: ${act.what}: ${status}`);
          }
        }
        for (const act of acts) {
          const status = await ask(ownRole, owner, act);
          if (status !== act.status) faults.push(`${ownRole} at their own: ${act.what}: ${status}`);
        }
      }
      expect(faults).toEqual([]);
    });

  test('a session: nobody else ends it, whatever their role, and its owner does', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const faults: string[] = [];
    for (const ownRole of roles) {
      const owner = await signedIn({ db, clock: api.clock }, ownRole, { https: true });
      const what = `DELETE /api/v1/me/sessions/${owner.sessionId}`;
      for (const role of roles) {
        const other = await signedIn({ db, clock: api.clock }, role, { https: true });
        const { statusCode } = await api.ask(what, undefined, { headers: other.headers });
        if (![403, 404].includes(statusCode)) faults.push(`${role} at ${ownRole}’s session: ${statusCode}`);
      }
      const { statusCode } = await api.ask(what, undefined, { headers: owner.headers });
      if (statusCode !== 204) faults.push(`${ownRole} at their own session: ${statusCode}`);
    }
    expect(faults).toEqual([]);
  });
});
