import { z } from 'zod';
import { isLanguageTag } from '../../base/text.ts';
import { Suggestions } from '../../contract/suggestions.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { suggest } from './suggest.ts';

const ids = z.array(z.uuid()).max(60).default([]);

export const suggestRoutes: readonly ApiRoute[] = [
  route({
    method: 'POST',
    path: '/api/v1/suggestions',
    summary: 'Suggests concepts, storylines and related pieces for a text',
    description:
      'Works on what this house knows and on this machine alone; the text goes nowhere and is kept nowhere.',
    tags: ['articles'],
    permission: 'articles:write',
    limit: 'search',
    input: {
      body: z.strictObject({
        text: z.string().max(200_000).describe('Its first 20,000 characters are read'),
        language: z.string().refine(isLanguageTag, 'a language tag'),
        concepts: ids.describe('What the article has already'),
        storylines: ids,
        article: z.uuid().optional().describe('The article itself, which is not related to itself'),
      }),
    },
    output: Suggestions,
    handler: async (ctx: ApiContext, { body }) => ({
      body: await suggest(ctx.db.read, {
        text: body.text,
        language: body.language,
        concepts: body.concepts,
        storylines: body.storylines,
        articleId: body.article,
        now: ctx.now,
      }),
    }),
  }),
];
