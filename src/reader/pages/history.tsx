import type { VNode } from 'preact';
import type { DiffBlock, HistoryPage as Model, InclusionProof, VersionView } from '../../contract/pages.ts';
import { DateTime } from '../components/bits.tsx';
import { safeHref } from '../safe.ts';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';
import { PageHead } from './lists.tsx';

/** What was added and removed, readable without colour: struck through, underlined, and said to a screen reader. */
function Change({ ui, change }: { ui: Ui; change: DiffBlock }): VNode {
  return (
    <div class="change">
      <p class="furniture-head">{ui.t.fields[change.field]}</p>
      <p class="diff">
        {change.parts.map(({ op, text }) => {
          if (op === 'same') return text;
          const Element = op === 'insert' ? 'ins' : 'del';
          return (
            <Element>
              <span class="hidden">{op === 'insert' ? ui.t.inserted : ui.t.deleted} </span>
              {text}
            </Element>
          );
        })}
      </p>
    </div>
  );
}

function Proof({ ui, proof }: { ui: Ui; proof: InclusionProof }): VNode {
  const { t } = ui;
  return (
    <details class="proof">
      <summary>{t.proof}</summary>
      <p>{t.proofIntro}</p>
      <dl>
        <dt>
          {fill(t.proofPosition, {
            index: ui.fmt.number(proof.leafIndex),
            size: ui.fmt.number(proof.treeSize),
          })}
        </dt>
        <dd>
          <a href={safeHref(proof.checkpointHref)}>{t.checkpoint}</a>
        </dd>
        <dt>{t.proofLeaf}</dt>
        <dd>
          {proof.entriesHref === undefined ? (
            <code>{proof.leafHash}</code>
          ) : (
            <a href={safeHref(proof.entriesHref)}>
              <code>{proof.leafHash}</code>
            </a>
          )}
        </dd>
        <dt>{t.proofPath}</dt>
        <dd>
          <ol>
            {proof.path.map((hash) => (
              <li>
                <code>{hash}</code>
              </li>
            ))}
          </ol>
        </dd>
        <dt>{t.proofRoot}</dt>
        <dd>
          <code>{proof.rootHash}</code>
        </dd>
        {proof.command !== undefined && (
          <>
            <dt>{t.proofCheck}</dt>
            <dd>
              <code>{proof.command}</code>
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}

function Version({ ui, version }: { ui: Ui; version: VersionView }): VNode {
  const { t } = ui;
  const none = version.erased === true ? t.erased : version.reason === 'first' ? t.firstVersion : t.noChanges;
  return (
    <li class="version" id={`v${version.number}`}>
      <header>
        <h2>
          {fill(t.version, { n: ui.fmt.number(version.number) })}
          {version.current && <span class="furniture"> {t.currentVersion}</span>}
        </h2>
        <p class="facts">
          <strong>{t.reasons[version.reason]}</strong>
          <DateTime ui={ui} at={version.at} />
          {version.by !== undefined && (
            <span>
              {t.by} {version.by}
            </span>
          )}
        </p>
      </header>
      <div>
        {version.note !== undefined && <p class="version-note">{version.note}</p>}
        {version.changes.length === 0 ? (
          <p class="furniture">{none}</p>
        ) : (
          version.changes.map((change) => <Change ui={ui} change={change} />)
        )}
        {version.proof !== undefined && <Proof ui={ui} proof={version.proof} />}
      </div>
    </li>
  );
}

export function HistoryPage({ ui, page }: { ui: Ui; page: Model }): VNode {
  return (
    <>
      <PageHead kicker={ui.t.historyTitle} title={<a href={page.article.href}>{page.article.label}</a>}>
        <p class="intro">
          {ui.t.historyIntro} <a href={page.recordHref}>{ui.t.record}</a>
        </p>
      </PageHead>
      <ol class="versions">
        {page.versions.map((version) => (
          <Version ui={ui} version={version} />
        ))}
      </ol>
    </>
  );
}
