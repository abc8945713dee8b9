/** The kit: what screens are made of. */
export * from './button.tsx';
export * from './combobox.tsx';
export * from './datetime.tsx';
export * from './dialog.tsx';
export * from './field.tsx';
export * from './icon.tsx';
export * from './kbd.tsx';
export * from './menu.tsx';
export * from './rows.tsx';
export * from './select.tsx';
export * from './states.tsx';
export * from './tabs.tsx';
export * from './time.tsx';
export { say, sayFault } from './toast.tsx';
export * from './toggles.tsx';
export * from './tooltip.tsx';
export * from './which.tsx';
