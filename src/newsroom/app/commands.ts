import type { Permission } from '../../contract/permissions.ts';
import { registrations } from '../screens/index.ts';
import type { Command, Screen } from '../screens/registration.ts';
import { frameCommands } from './frame-commands.ts';
import type { KeyAct } from './keys.ts';

export const screens: readonly Screen[] = registrations.flatMap(({ screens: own = [] }) => own);
export const commands: readonly Command[] = [
  ...registrations.flatMap(({ commands: own = [] }) => own),
  ...frameCommands,
];

/** The keys of the commands that the person may use. */
export function commandKeys(
  may: (permission: Permission | undefined) => boolean,
  go: (path: string) => void,
): KeyAct[] {
  return commands.flatMap((command) =>
    command.keys === undefined || !may(command.permission)
      ? []
      : [{ keys: command.keys, run: () => void command.run({ go }) }],
  );
}
