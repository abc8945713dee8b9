import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useText } from '../i18n.ts';
import { kitText } from '../strings/kit.ts';
import { classes } from './button.tsx';
import { CheckMark } from './toggles.tsx';

export type RowsProps<T> = {
  /** What the list is of: its name for screen readers. */
  readonly label: string;
  readonly items: readonly T[];
  readonly id: (item: T) => string;
  /** The name of a row: of its box, and what is read when the row is current. */
  readonly name: (item: T) => string;
  readonly children: (item: T) => ReactNode;
  /** At the end of the row: times, states, a menu. */
  readonly end?: (item: T) => ReactNode;
  /** Opens a row: Enter, or a press of the row's own link. */
  readonly onOpen?: (item: T) => void;
  /** Rows can be chosen, by x and their boxes; shift takes all between. */
  readonly chosen?: ReadonlySet<string>;
  readonly onChoose?: (chosen: ReadonlySet<string>) => void;
  /** Called when the end of the list comes near. */
  readonly onEnd?: () => void;
  readonly height?: number;
};

/**
 * A list of any length: only the rows in sight are in the document. j and k (or the arrows) move, x chooses, Enter opens, Home and End jump.
 * The list is one stop of the Tab key; within it the current row's links and boxes are the next.
 */
export function Rows<T>(props: RowsProps<T>) {
  const { items, id, name, chosen, onChoose, onOpen, onEnd, height = 60 } = props;
  const text = useText(kitText);
  const [current, setCurrent] = useState(0);
  const holder = useRef<HTMLDivElement>(null);
  const anchor = useRef(0);
  const base = useId();
  const [top, setTop] = useState(0);
  useEffect(() => setTop(holder.current?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: top,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && lastShown >= items.length - 10) onEnd?.();
    // The end comes near by scrolling or by more items, never by a new function.
  }, [lastShown, items.length]);
  const at = Math.min(current, Math.max(0, items.length - 1));

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, to));
    setCurrent(next);
    rows.scrollToIndex(next, { align: 'auto' });
  };
  const choose = (index: number, range: boolean): void => {
    const item = items[index];
    if (chosen === undefined || onChoose === undefined || item === undefined) return;
    const next = new Set(chosen);
    const on = !chosen.has(id(item));
    const [from, to] = range
      ? [Math.min(anchor.current, index), Math.max(anchor.current, index)]
      : [index, index];
    for (const one of items.slice(from, to + 1)) {
      if (on) next.add(id(one));
      else next.delete(id(one));
    }
    anchor.current = index;
    onChoose(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const own = event.target === holder.current;
    const item = items[at];
    const acts: Record<string, (() => void) | undefined> = {
      j: () => move(at + 1),
      k: () => move(at - 1),
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Home: () => move(0),
      End: () => move(items.length - 1),
      x: () => choose(at, event.shiftKey),
      X: () => choose(at, true),
      Enter: own && item !== undefined && onOpen !== undefined ? () => onOpen(item) : undefined,
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={holder}
      className="rows"
      role="grid"
      aria-label={props.label}
      aria-rowcount={items.length}
      aria-multiselectable={chosen !== undefined || undefined}
      aria-activedescendant={items.length === 0 ? undefined : `${base}-${at}`}
      tabIndex={0}
      data-keys="list"
      onKeyDown={onKeyDown}
    >
      <div
        className="spacer"
        role="presentation"
        ref={(element) => void (element !== null && (element.style.height = `${rows.getTotalSize()}px`))}
      >
        {shown.map(({ index, start, key }) => {
          const item = items[index];
          if (item === undefined) return null;
          const isChosen = chosen?.has(id(item)) ?? false;
          return (
            <div
              key={key}
              id={`${base}-${index}`}
              data-index={index}
              ref={(element) => {
                if (element === null) return;
                element.style.transform = `translateY(${start - rows.options.scrollMargin}px)`;
                rows.measureElement(element);
              }}
              className={classes('row', index === at && 'current', isChosen && 'chosen')}
              role="row"
              aria-rowindex={index + 1}
              aria-selected={chosen === undefined ? undefined : isChosen}
              aria-label={name(item)}
              onClick={() => setCurrent(index)}
            >
              <div role="gridcell">
                {chosen !== undefined && (
                  <span
                    role="presentation"
                    onClickCapture={(event) => {
                      if (!event.shiftKey) return;
                      event.stopPropagation();
                      event.preventDefault();
                      choose(index, true);
                    }}
                  >
                    <CheckMark
                      label={text.select(name(item))}
                      checked={isChosen}
                      onChange={() => choose(index, false)}
                    />
                  </span>
                )}
              </div>
              <div role="gridcell" className="what">
                {props.children(item)}
              </div>
              <div role="gridcell" className="end">
                {props.end?.(item)}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}
