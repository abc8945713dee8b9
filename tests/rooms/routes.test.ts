import { expect, test } from 'vitest';
import { apiRoutes } from '../../src/api.ts';
import { isPermission } from '../../src/contract/permissions.ts';
import type { ApiRoute } from '../../src/http/route.ts';
import { addressFaults } from './confined.ts';
import { program, rules } from './house.ts';
import { planted } from './planted.ts';
import { routeFaults } from './shape.ts';

type Shown = Pick<ApiRoute, 'method' | 'path' | 'permission' | 'input' | 'raw'>;

/** What is wrong with route values, however they were made. */
function valueFaults(routes: readonly Shown[]): string[] {
  const faults: string[] = [];
  for (const { method, path, permission, input, raw } of routes) {
    const name = `${method} ${path}`;
    if (permission !== 'public' && permission !== 'signed-in' && !isPermission(permission))
      faults.push(`${name} declares no permission of the map`);
    if (['POST', 'PUT', 'PATCH'].includes(method) && input.body === undefined && raw === undefined)
      faults.push(`${name} is a mutation without an input schema`);
  }
  const names = routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`);
  for (const name of new Set(names.filter((each, i) => names.indexOf(each) !== i)))
    faults.push(`${name} is defined twice`);
  return faults;
}

/** Route values that a module exports: by themselves, in lists, in objects. */
function exportedRoutes(value: unknown, depth = 0): Shown[] {
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  if ('method' in value && 'path' in value && 'prepare' in value) return [value as unknown as Shown];
  return Object.values(value).flatMap((inner) => exportedRoutes(inner, depth + 1));
}

test('every route of the API declares who may, and every mutation what it takes', () => {
  expect(valueFaults(apiRoutes as readonly Shown[])).toEqual([]);
  expect(routeFaults(program)).toEqual([]);
});

test('every route that a feature exports is served', async () => {
  const served = new Set<unknown>(apiRoutes);
  const forgotten: string[] = [];
  for (const { path } of program.filter((source) => source.path.endsWith('.api.ts'))) {
    const exported = exportedRoutes(await import(`../../${path}`));
    for (const route of exported)
      if (!served.has(route)) forgotten.push(`${path} ${route.method} ${route.path}`);
  }
  expect(forgotten).toEqual([]);
});

test('a route without permission or schema is found, as a value and in the source', () => {
  const open = { method: 'POST', path: '/api/v1/x', permission: undefined, input: {}, raw: undefined };
  const twice = { method: 'GET', path: '/api/v1/x/:id', permission: 'public', input: {}, raw: undefined };
  expect(exportedRoutes({ list: [{ ...twice, prepare: 1 }] })).toHaveLength(1);
  expect(valueFaults([open, twice, { ...twice, path: '/api/v1/x/:other' }] as unknown as Shown[])).toEqual([
    'POST /api/v1/x declares no permission of the map',
    'POST /api/v1/x is a mutation without an input schema',
    'GET /api/v1/x/: is defined twice',
  ]);
  const files = planted({
    'src/features/media/media.api.ts': [
      `export const a = route({ method: 'POST', path: '/x', input: {}, output });`,
      `export const b = route({ method: 'POST', path: '/x', permission: 'public', raw, input: {}, output });`,
      `export const c = route(definition);`,
    ].join('\n'),
  });
  expect(routeFaults(files)).toEqual([
    'src/features/media/media.api.ts:1 defines a route without a permission',
    'src/features/media/media.api.ts:1 defines a mutation without an input schema',
    'src/features/media/media.api.ts:3 defines a route that cannot be read here: give route() an object literal',
  ]);
});

test('addresses of the site come from the one map', () => {
  expect(addressFaults(program, rules.addresses)).toEqual([]);
  const files = planted({
    'src/reader/pages/a.tsx': [
      'export const a = <a href="/search">x</a>;',
      'export const b = (slug: string) => `/tag/${slug}`;',
      `export const c = define({ pattern: '/live' });`,
      `export const d = '/tag/:slug';`,
      `miss('/section');`,
    ].join('\n'),
  });
  expect(addressFaults(files, rules.addresses)).toEqual([
    'src/reader/pages/a.tsx:1 writes the address /search',
    'src/reader/pages/a.tsx:2 writes the address /tag/?',
  ]);
});
