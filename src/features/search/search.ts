export { searchIndex } from './search.store.ts';
