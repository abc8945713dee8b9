import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { Kbd } from './kbd.tsx';

export type MenuItem =
  | {
      readonly label: string;
      readonly icon?: IconName;
      readonly keys?: string;
      readonly disabled?: boolean;
      /** Marks the one that is in force. */
      readonly chosen?: boolean;
      readonly onSelect: () => void;
    }
  | 'rule'
  | { readonly group: string };

/** A menu at a button. `trigger` is the button itself. */
export function Menu({
  trigger,
  items,
}: {
  readonly trigger: ReactElement;
  readonly items: readonly MenuItem[];
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger as ReactElement<Record<string, unknown>>} />
      <Base.Portal>
        <Base.Positioner className="positioner" sideOffset={2} align="end">
          <Base.Popup className="popup">
            {items.map((item, at) => {
              if (item === 'rule') return <Base.Separator key={at} className="rule" />;
              if ('group' in item)
                return (
                  <div key={item.group} className="grouplabel" role="presentation">
                    {item.group}
                  </div>
                );
              return (
                <Base.Item
                  key={item.label}
                  className="option"
                  disabled={item.disabled ?? false}
                  onClick={item.onSelect}
                >
                  {item.icon !== undefined && <Icon name={item.icon} />}
                  <span className="grow">{item.label}</span>
                  {item.chosen === true && <Icon name="check" />}
                  {item.keys !== undefined && <Kbd keys={item.keys} />}
                </Base.Item>
              );
            })}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
