import { useState } from 'react';
import { whyOf } from '../../../contract/moderation-words.ts';
import type { TestAnswer } from '../../../contract/moderation-answers.ts';
import { api } from '../../api.ts';
import { useSite } from '../../app/session.ts';
import { useLanguage, useText } from '../../i18n.ts';
import { moderationRulesText } from '../../strings/moderation-rules.ts';
import { Button, sayFault, Select, TextArea } from '../../ui/kit.ts';
import { Marked } from './card.tsx';
import { useParagraphs } from './queue-data.ts';

const AUTHORS = ['regular', 'newcomer', 'guest'] as const;

/** Says which phase and rule would fire on a text, and why. */
export function TestBox() {
  const text = useText(moderationRulesText);
  const shown = useLanguage();
  const { languages } = useSite();
  const paragraphs = useParagraphs();
  const [body, setBody] = useState('');
  const [language, setLanguage] = useState(languages[0] ?? 'en');
  const [author, setAuthor] = useState<(typeof AUTHORS)[number]>('regular');
  const [answer, setAnswer] = useState<TestAnswer>();
  const names = { regular: text.regular, newcomer: text.newcomer, guest: text.aGuest };
  const test = async (): Promise<void> => {
    try {
      setAnswer(await api.post<TestAnswer>('moderation/test', { text: body, language, author }));
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void test();
      }}
    >
      <p className="quiet">{text.tryHelp}</p>
      <TextArea label={text.tryIt} quiet value={body} onChange={setBody} rows={5} />
      <div className="mod-form">
        <Select
          label={text.language}
          value={language}
          choices={languages.map((value) => ({ value, label: value }))}
          onChange={setLanguage}
        />
        <Select
          label={text.tryAs}
          value={author}
          choices={AUTHORS.map((value) => ({ value, label: names[value] }))}
          onChange={setAuthor}
        />
        <Button kind="first" type="submit">
          {text.test}
        </Button>
      </div>
      {answer !== undefined && (
        <div role="status" className="stack">
          <h2>
            {answer.outcome === 'publish'
              ? text.wouldPublish
              : answer.outcome === 'hold'
                ? text.wouldHold
                : text.wouldReject}
          </h2>
          <p className="mod-text" dir="auto">
            <Marked text={body} matched={answer.findings.flatMap(({ matched }) => matched)} />
          </p>
          <ol className="mod-phases">
            {answer.phases.map((phase) => {
              const finding = answer.findings.find((each) => each.phase === phase);
              const cited = paragraphs.findIndex(({ id }) => id === finding?.standard);
              return (
                <li key={phase} className={finding === undefined ? '' : 'fires'}>
                  <span>{phase}</span>
                  {finding === undefined ? (
                    <span className="quiet">{text.passes}</span>
                  ) : (
                    <span>
                      {whyOf(finding, shown)}
                      {cited >= 0 && ` § ${cited + 1} ${paragraphs[cited]?.title ?? ''}`}
                    </span>
                  )}
                </li>
              );
            })}
          </ol>
          {answer.learned !== null && (
            <p className="quiet">
              {text.classifier}: {answer.learned.percent} %{' '}
              {answer.learned.reasons.map((reason) => (
                <span key={reason.name} dir="auto">
                  {' '}
                  {reason.weight > 0 ? '+' : '−'} {reason.name}
                </span>
              ))}
            </p>
          )}
        </div>
      )}
    </form>
  );
}
