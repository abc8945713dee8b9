import { expect } from 'vitest';
import type { DeskInput, WorkAnswer } from '../../src/contract/desks.ts';
import { docFromParagraphs } from '../../src/contract/document.ts';
import type { TestApi } from '../support/api.ts';

type Person = { readonly id: string; readonly token: string };

/** A desk's people and the calls that their day is made of, by the API. */
export async function deskOn(api: TestApi, input: Partial<DeskInput> = {}) {
  const admin = await api.person('admin');
  const editor = await api.person('editor');
  const reporter = await api.person('reporter');
  const made = await api.ask('POST /api/v1/desks', admin.token, {
    payload: { name: 'News', slug: 'news', ...input },
  });
  expect(made.statusCode, made.body).toBe(201);
  const desk = made.json<{ id: string; slug: string }>();
  const join = async (person: Person, part: 'member' | 'lead' = 'member'): Promise<void> => {
    const answer = await api.ask(`PUT /api/v1/desks/${desk.id}/members/${person.id}`, admin.token, {
      payload: { part },
    });
    expect(answer.statusCode, answer.body).toBe(200);
  };
  const content = (change: Record<string, unknown> = {}) => ({
    language: 'en',
    headline: 'A quiet day at the harbour',
    lede: 'Nothing much happened.',
    body: docFromParagraphs(['The boats stayed in.', 'The gulls did not.']),
    ...change,
  });
  return {
    admin,
    editor,
    reporter,
    desk,
    join,
    content,
    write: async (person: Person, change: Record<string, unknown> = {}, deskSlug?: string) => {
      const answer = await api.ask('POST /api/v1/articles', person.token, {
        payload: { content: content(change), ...(deskSlug === undefined ? {} : { desk: deskSlug }) },
      });
      expect(answer.statusCode, answer.body).toBe(201);
      return answer.json<{ id: string }>().id;
    },
    revise: async (person: Person, id: string, change: Record<string, unknown>) => {
      const before = await api.ask(`GET /api/v1/articles/${id}`, person.token);
      const answer = await api.ask(`PUT /api/v1/articles/${id}`, person.token, {
        payload: { content: content(change) },
        headers: { 'if-match': String(before.headers['etag']) },
      });
      expect(answer.statusCode, answer.body).toBe(200);
    },
    step: (person: Person, id: string, order: Record<string, unknown>) =>
      api.ask(`POST /api/v1/articles/${id}/work`, person.token, { payload: order }),
    publish: (person: Person, id: string, order: Record<string, unknown> = {}) =>
      api.ask(`POST /api/v1/articles/${id}/publish`, person.token, { payload: order }),
    work: async (person: Person, id: string) =>
      (await api.ask(`GET /api/v1/articles/${id}/work`, person.token)).json<WorkAnswer>(),
  };
}
