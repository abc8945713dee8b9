import { ErrorState, LinkButton, Skeleton } from '../../ui/kit.ts';
import { useText } from '../../i18n.ts';
import { desksText } from '../../strings/desks.ts';
import { useWork } from './data.ts';
import { PublishForm } from './publish-form.tsx';
import { WorkPanel } from './work-panel.tsx';

type Props = {
  readonly articleId: string;
  readonly save: () => Promise<{ readonly revision: number; readonly fault: string | null }>;
};

/** Beside the text: publishing and what stands before it. */
export function PublishPanel({ articleId, save }: Props) {
  const text = useText(desksText);
  const { data: work, error, refetch } = useWork(articleId);
  if (error !== null) return <ErrorState error={error} retry={() => void refetch()} />;
  if (work === undefined) return <Skeleton />;
  return (
    <div className="stack loose">
      <PublishForm work={work} save={save} />
      <LinkButton to={`articles/${articleId}/work`} icon="eye">
        {text.previewAndMore}
      </LinkButton>
    </div>
  );
}

/** Beside the text: where it stands, and its checks. */
export function ChecksPanel({ articleId, save }: Props) {
  return <WorkPanel articleId={articleId} save={save} />;
}
