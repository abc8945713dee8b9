import { NounList } from './list.tsx';

export function Screen() {
  return <NounList of="storylines" />;
}
