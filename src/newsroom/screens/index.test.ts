import { expect, test } from 'vitest';
import { registrations } from './index.ts';

test('every screen has an address of its own, every command its own name and keys', () => {
  const once = (all: readonly (string | undefined)[]): void => {
    const said = all.filter((one) => one !== undefined);
    expect(said.length).toBeGreaterThan(5);
    expect(said.filter((one, at) => said.indexOf(one) !== at)).toEqual([]);
  };
  once(registrations.flatMap(({ screens = [] }) => screens.map(({ path }) => path.replace(/\$\w+/g, '$'))));
  const commands = registrations.flatMap((registration) => registration.commands ?? []);
  once(commands.map(({ id }) => id));
  once(commands.map(({ keys }) => keys));
});
