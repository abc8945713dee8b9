import { useScreenSearch } from '../../app/navigate.ts';
import { useText } from '../../i18n.ts';
import { moderationRulesText } from '../../strings/moderation-rules.ts';
import { Tabs } from '../../ui/kit.ts';
import { DomainList } from './domains.tsx';
import { PhaseSettings } from './phase-settings.tsx';
import { TestBox } from './test-box.tsx';
import { WordList } from './words.tsx';

const PARTS = ['words', 'domains', 'phases', 'test'] as const;

/** The rules: words, domains, what each phase does, and a box to try a text. */
export function Screen() {
  const text = useText(moderationRulesText);
  const [search, setSearch] = useScreenSearch();
  const part = PARTS.find((each) => each === search['part']) ?? 'words';
  return (
    <>
      <h1>{text.rules}</h1>
      <Tabs
        label={text.rules}
        value={part}
        onChange={(next) => setSearch({ part: next })}
        tabs={[
          { value: 'words', label: text.words, content: <WordList /> },
          { value: 'domains', label: text.domains, content: <DomainList /> },
          { value: 'phases', label: text.phases, content: <PhaseSettings /> },
          { value: 'test', label: text.tryIt, content: <TestBox /> },
        ]}
      />
    </>
  );
}
