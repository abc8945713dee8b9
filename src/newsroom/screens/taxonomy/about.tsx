import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { taxonomyText } from '../../strings/taxonomy.ts';
import { say, sayFault } from '../../ui/kit.ts';
import { AboutPanel } from './about-panel.tsx';

type Node = { readonly type: string; readonly text?: string; readonly content?: readonly Node[] };
type Article = {
  readonly content: {
    readonly concepts: readonly string[];
    readonly storylines: readonly string[];
    readonly body: Node;
  } & Readonly<Record<string, unknown>>;
};

/** The suggestions on a page without the editor: what is taken is saved as a revision. */
export function About({ articleId, revision }: { readonly articleId: string; readonly revision: number }) {
  const text = useText(taxonomyText);
  const may = useMay();
  const at = `articles/${articleId}`;
  const { data, refetch } = useQuery({
    queryKey: ['articles', 'one', articleId, revision],
    queryFn: () => api.read<Article>(at),
  });
  if (data === undefined) return null;
  const add = async (field: 'storylines' | 'concepts', id: string): Promise<void> => {
    try {
      const { body, etag } = await api.read<Article>(at);
      const content = { ...body.content, [field]: [...new Set([...body.content[field], id])] };
      await api.put(at, { content }, etag === undefined ? {} : { ifMatch: etag });
      say({ title: text.saved });
      await refetch();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <section className="stack tight" aria-label={text.about}>
      <h3>{text.about}</h3>
      <AboutPanel
        articleId={articleId}
        revision={revision}
        mayWrite={may('articles:write')}
        add={(field, id) => void add(field, id)}
        text={() => textOf(data.body.content.body)}
      />
    </section>
  );
}

function textOf(node: Node): string {
  if (node.text !== undefined) return node.text;
  const inner = (node.content ?? []).map(textOf);
  return node.type === 'paragraph' || node.type === 'heading' ? inner.join('') : inner.join('\n');
}
