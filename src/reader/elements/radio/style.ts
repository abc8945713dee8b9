/** The look of the bar; it comes with the player, so that the style sheet of every page need not carry it. */
const CSS = `.radio-bar {
  position: fixed;
  inset: auto 0 0;
  z-index: 20;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  column-gap: 0.75rem;
  padding: 0.5rem max(var(--edge), env(safe-area-inset-right)) calc(0.5rem + env(safe-area-inset-bottom))
    max(var(--edge), env(safe-area-inset-left));
  background: var(--paper);
  border-block-start: 1px solid var(--ink);
  font: 400 var(--f0) / 1.35 var(--sans);
}
body:has(> .radio-bar) {
  padding-block-end: 4.5rem;
}
body:has(> .radio-bar[data-mode='rewind']) {
  padding-block-end: 6.5rem;
}
.radio-bar [hidden] {
  display: none;
}
.radio-seek {
  flex: 1 1 calc(100% - 6rem);
  min-inline-size: 0;
  min-block-size: 1.5rem;
  margin: 0;
  accent-color: var(--accent);
}
.radio-seek:focus-visible {
  outline: 2px solid var(--ink);
  outline-offset: 2px;
}
.radio-behind {
  flex: none;
  min-inline-size: 3.5rem;
  text-align: end;
  color: var(--ink-2);
  font-variant-numeric: tabular-nums;
}
.radio-bar button {
  min-inline-size: 2.75rem;
  min-block-size: 2.75rem;
  padding: 0 0.5rem;
  border: 0;
  background: none;
  color: inherit;
  font: 600 var(--f0) / 1 var(--sans);
  font-variant-numeric: tabular-nums;
  cursor: pointer;
}
.radio-bar button:focus-visible {
  outline: 2px solid var(--ink);
  outline-offset: -2px;
}
.radio-play::before {
  content: '';
  display: inline-block;
  vertical-align: middle;
  inline-size: 0;
  border-block: 0.55rem solid transparent;
  border-inline-start: 0.9rem solid;
}
.radio-bar:not([data-state='paused']) .radio-play::before {
  box-sizing: border-box;
  inline-size: 0.85rem;
  block-size: 1.1rem;
  border-block: 0;
  border-inline: 0.28rem solid;
}
.radio-bar .radio-live {
  color: var(--accent);
}
.radio-lines {
  flex: 1;
  min-inline-size: 0;
}
.radio-now,
.radio-next {
  display: block;
  overflow: hidden;
  /* A line in another direction is cut at its own end, and stands at the side of the page. */
  text-align: match-parent;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.radio-now {
  font-weight: 600;
}
.radio-next {
  color: var(--ink-2);
}
.radio-bar[data-state='playing'] .radio-now::before {
  content: '';
  display: inline-block;
  inline-size: 0.5em;
  block-size: 0.5em;
  margin-inline-end: 0.5em;
  border-radius: 50%;
  background: var(--accent);
}
.radio-close {
  font-size: var(--f2) !important;
  font-weight: 400 !important;
}
@media print {
  .radio-bar {
    display: none;
  }
}
`;

export function addStyle(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets.push(sheet);
}
