/** Drawn on a grid of 16, in the weight of the type beside them. */
const SHAPES = {
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0 -9M10.3 10.3L14 14',
  check: 'M2.5 8.5l4 4 7-9',
  minus: 'M3 8h10',
  plus: 'M3 8h10M8 3v10',
  close: 'M3.5 3.5l9 9m-9 0l9-9',
  down: 'M3.5 6l4.5 4.5L12.5 6',
  up: 'M3.5 10l4.5-4.5 4.5 4.5',
  next: 'M6 3.5l4.5 4.5L6 12.5',
  back: 'M10 3.5L5.5 8l4.5 4.5',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  menu: 'M2 4h12M2 8h12M2 12h12',
  clock: 'M8 2a6 6 0 1 1 0 12a6 6 0 0 1 0 -12M8 4.5V8l2.5 1.5',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1.5H3zM6.5 14h3',
  person: 'M8 2.5a2.5 2.5 0 1 1 0 5a2.5 2.5 0 0 1 0 -5M2.5 14c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5',
  filter: 'M2 3.5h12L9.5 8.5V13l-3-1.5v-3z',
  bookmark: 'M4 2h8v12l-4-3-4 3z',
  pen: 'M2.5 13.5l.8-3.2 7.5-7.5 2.4 2.4-7.5 7.5zM9.5 4l2.5 2.5',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 1 0 4a2 2 0 0 1 0 -4',
  trash: 'M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4',
  link: 'M6.5 9.5l3-3M7 4.5l1.5-1.5a3 3 0 0 1 4.3 4.3L11.3 8.8M9 11.5L7.5 13a3 3 0 0 1-4.3-4.3l1.5-1.5',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6h7a3.5 3.5 0 0 1 0 7H6',
  out: 'M9 2.5h4.5V7M13.5 2.5L7.5 8.5M12 9.5V13.5H2.5V4H6.5',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  picture: 'M2 3h12v10H2zM2 11l3.5-3.5 3 3 2-2L14 12M10.5 6h.01',
  microphone: 'M8 2a2 2 0 0 1 2 2v4a2 2 0 0 1-4 0V4a2 2 0 0 1 2-2M4 8a4 4 0 0 0 8 0M8 12v2.5',
  speech: 'M2.5 3h11v8H7l-3 2.5V11H2.5z',
  warning: 'M8 2L14.5 13.5h-13zM8 6.5v3.5M8 12h.01',
} as const;

export type IconName = keyof typeof SHAPES;
/** Those that point along the line of writing, and turn with it. */
const TURNS: ReadonlySet<IconName> = new Set(['next', 'back', 'undo', 'out']);

/** A drawing beside words; it says nothing by itself, so screen readers pass over it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      className={TURNS.has(name) ? 'icon turns' : 'icon'}
      viewBox="0 0 16 16"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
