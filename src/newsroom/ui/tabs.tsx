import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export type Tab<V extends string> = {
  readonly value: V;
  readonly label: ReactNode;
  readonly content: ReactNode;
};

/** Parts of one thing of which one shows. Parts with addresses of their own are links in the navigation instead. */
export function Tabs<V extends string>({
  label,
  value,
  tabs,
  onChange,
}: {
  readonly label: string;
  readonly value: V;
  readonly tabs: readonly Tab<V>[];
  readonly onChange: (value: V) => void;
}) {
  return (
    // The values are those of the tabs.
    <Base.Root value={value} onValueChange={(next) => onChange(next as V)}>
      <Base.List className="tabs" aria-label={label}>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className="tab">
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="panel">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
