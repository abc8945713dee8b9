import { useScreenParams } from '../../app/navigate.ts';
import { useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { ErrorState, LinkButton, Skeleton } from '../../ui/kit.ts';
import { About } from '../taxonomy/about.tsx';
import { useWork } from './data.ts';
import { Previews } from './previews.tsx';
import { PublishForm } from './publish-form.tsx';
import { Receipts } from './receipts.tsx';
import { Withdraw } from './withdraw.tsx';
import { WorkPanel } from './work-panel.tsx';

/** Everything around an article's text: its way, what stands before it, publishing, previews, receipts. */
export function Screen() {
  const text = useText(desksText);
  const { articleId = '' } = useScreenParams();
  const { data: work, error, refetch } = useWork(articleId);
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (work === undefined) return <Skeleton />;
  return (
    <div className="workscreen">
      <header className="stack tight">
        <h1 dir="auto">{work.headline}</h1>
        <p className="line">
          <LinkButton to={`articles/${articleId}`} icon="pen">
            {text.openText}
          </LinkButton>
          {work.path !== null && (
            <a className="btn" href={work.path}>
              {text.openPage}
            </a>
          )}
        </p>
      </header>
      <div className="workcolumns">
        <WorkPanel articleId={articleId} />
        <div className="stack loose">
          <section className="stack tight" aria-label={text.publishing}>
            <h2>{text.publishing}</h2>
            <PublishForm work={work} />
          </section>
          <Previews work={work} />
          <About articleId={articleId} revision={work.revision} />
          <Withdraw work={work} />
        </div>
      </div>
      <Receipts work={work} />
    </div>
  );
}
