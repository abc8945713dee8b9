import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type * as Y from 'yjs';
import { classes } from '../../ui/button.tsx';
import { inkOf } from './text/peers.ts';
import { FIELDS } from './text/editor.ts';

/** What a shared type says at the moment, anew at each change. */
export function useShared<T>(type: Y.AbstractType<Y.YEvent<never>>, read: () => T): T {
  const kept = useRef<{ key: string; value: T }>(undefined);
  const subscribe = useCallback(
    (changed: () => void) => {
      const listen = (): void => changed();
      type.observeDeep(listen);
      return () => type.unobserveDeep(listen);
    },
    [type],
  );
  return useSyncExternalStore(subscribe, () => {
    const value = read();
    const key = JSON.stringify(value) ?? '';
    if (kept.current?.key !== key) kept.current = { key, value };
    return kept.current.value;
  });
}

export function useSharedText(text: Y.Text): string {
  return useShared(text as never, () => text.toJSON());
}

/** Changes a shared text into another by the one stretch that differs. */
export function changeText(text: Y.Text, to: string): void {
  const from = text.toJSON();
  if (from === to) return;
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let tail = 0;
  while (
    tail < from.length - start &&
    tail < to.length - start &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  )
    tail += 1;
  text.doc?.transact(() => {
    if (from.length - start - tail > 0) text.delete(start, from.length - start - tail);
    const fresh = to.slice(start, to.length - tail);
    if (fresh !== '') text.insert(start, fresh);
  }, FIELDS);
}

/** Where a caret goes when text before it was changed by a colleague. */
function moved(caret: number, before: string, after: string): number {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  return caret <= start ? caret : Math.max(start, caret + after.length - before.length);
}

export type SharedInputProps = {
  readonly text: Y.Text;
  readonly label: string;
  readonly lines?: boolean;
  readonly quiet?: boolean;
  readonly className?: string;
  readonly disabled: boolean;
  readonly lang?: string;
  readonly maxLength?: number;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly onEnter?: () => void;
  /** Colleagues who are in this field. */
  readonly peers?: readonly { readonly id: string; readonly name: string }[];
  readonly onFocus?: () => void;
  readonly onUndo?: (redo: boolean) => void;
};

/** A field that several people write at once. */
export function SharedInput(props: SharedInputProps) {
  const { text, label, lines = false, quiet = false, onEnter } = props;
  const id = useId();
  const value = useSharedText(text);
  const element = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const shown = useRef(value);
  const [composing, setComposing] = useState(false);
  useLayoutEffect(() => {
    const field = element.current;
    if (field === null || composing) return;
    const before = shown.current;
    shown.current = value;
    if (field.value !== value) {
      const [start, end] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
      field.value = value;
      if (document.activeElement === field)
        field.setSelectionRange(moved(start, before, value), moved(end, before, value));
    }
    if (lines) grow(field);
  }, [value, composing, lines]);
  useEffect(() => {
    if (element.current !== null && lines) grow(element.current);
  }, [lines]);
  const Tag = lines ? 'textarea' : 'input';
  const over = props.maxLength !== undefined && value.length > props.maxLength;
  return (
    <div className={classes('shared', props.className)}>
      <label className={quiet ? 'unseen' : 'label'} htmlFor={id}>
        {label}
      </label>
      <Tag
        ref={element}
        id={id}
        className={classes('input', over && 'over')}
        dir="auto"
        lang={props.lang}
        spellCheck
        rows={lines ? 1 : undefined}
        placeholder={props.placeholder ?? (quiet ? label : undefined)}
        disabled={props.disabled}
        defaultValue={value}
        aria-invalid={over || undefined}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onFocus={props.onFocus}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={(event) => {
          setComposing(false);
          changeText(text, event.currentTarget.value);
        }}
        onChange={(event) => {
          if (!(event.nativeEvent as InputEvent).isComposing)
            changeText(text, event.currentTarget.value.replace(/\n+/g, ' '));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
            event.preventDefault();
            onEnter?.();
          }
          if ((event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key) && props.onUndo !== undefined) {
            event.preventDefault();
            props.onUndo(event.shiftKey || event.key.toLowerCase() === 'y');
          }
        }}
      />
      {props.hint !== undefined && (
        <div className="hint" id={`${id}-hint`}>
          {props.hint}
        </div>
      )}
      {props.maxLength !== undefined && value.length > props.maxLength * 0.9 && (
        <div className={over ? 'fault' : 'hint'}>
          {value.length} / {props.maxLength}
        </div>
      )}
      {props.peers?.map((peer) => (
        <span key={peer.id} className={`fieldpeer ink-${inkOf(peer.id)}`}>
          {peer.name}
        </span>
      ))}
    </div>
  );
}

function grow(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
