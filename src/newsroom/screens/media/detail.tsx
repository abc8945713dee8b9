import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useScreenParams } from '../../app/navigate.ts';
import { api } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { mediaText } from '../../strings/media.ts';
import { ErrorState, Skeleton, TimeOf } from '../../ui/kit.ts';
import { paths } from '../../../contract/routes.ts';
import { type Asset, bytesOf, nameOf } from './assets.ts';
import { AssetForm } from './form.tsx';

type Uses = {
  readonly articles: readonly {
    readonly article: string;
    readonly headline: string;
    readonly draft: boolean;
    readonly live: boolean;
  }[];
  readonly authors: readonly { readonly id: string; readonly name: string }[];
  readonly programmes: readonly { readonly id: string; readonly title: string }[];
  readonly episodes: readonly { readonly id: string; readonly title: string }[];
};

/** One picture or file: what is said of it, how it is cut, where it is used. */
export function Screen() {
  const { assetId = '' } = useScreenParams();
  const text = useText(mediaText);
  const found = useQuery({
    queryKey: ['asset', assetId],
    queryFn: () => api.read<Asset>(`assets/${assetId}`),
    refetchOnWindowFocus: false,
  });
  if (found.isPending) return <Skeleton />;
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  const { body: asset, etag } = found.data;
  return (
    <div className="asset-screen stack">
      <p className="small">
        <Link to="/pictures">{text.back}</Link>
      </p>
      <h1>
        <bdi>{nameOf(asset)}</bdi>
      </h1>
      {asset.withdrawn && <p className="fault">{text.withdrawn}</p>}
      <AssetForm
        key={`${asset.id} ${asset.rowVersion}`}
        asset={asset}
        etag={etag ?? ''}
        onSaved={() => void found.refetch()}
      />
      <div className="columns">
        <UsesOf id={asset.id} />
        <section className="stack tight">
          <h2>{text.facts}</h2>
          <dl className="facts small">
            <dt className="quiet">{text.fileName}</dt>
            <dd>
              <bdi>{asset.fileName}</bdi>
            </dd>
            <dt className="quiet">{asset.mime ?? ''}</dt>
            <dd className="figures">
              {asset.width !== null && asset.height !== null && <>{text.size(asset.width, asset.height)}, </>}
              {asset.bytes !== null && bytesOf(asset.bytes)}
            </dd>
            {asset.takenAt !== null && (
              <>
                <dt className="quiet">{text.takenAt}</dt>
                <dd>
                  <TimeOf instant={asset.takenAt} />
                </dd>
              </>
            )}
          </dl>
          {asset.credentials === 'valid' && <p className="small">{text.credentialsValid}</p>}
          {asset.credentials === 'invalid' && <p className="fault">{text.credentialsInvalid}</p>}
          {asset.digest !== null && (
            <p className="small">
              <a href={paths.assetOriginal(asset.id)} download>
                {text.original}
              </a>{' '}
              <span className="quiet">{asset.kind === 'picture' ? text.originalHint : text.fileHint}</span>
            </p>
          )}
        </section>
      </div>
    </div>
  );
}

function UsesOf({ id }: { readonly id: string }) {
  const text = useText(mediaText);
  const { data } = useQuery({
    queryKey: ['asset', id, 'uses'],
    queryFn: () => api.get<Uses>(`assets/${id}/uses`),
  });
  const none = data !== undefined && Object.values(data).every(({ length }) => length === 0);
  return (
    <section className="stack tight">
      <h2>{text.uses}</h2>
      {data === undefined && <Skeleton lines={2} />}
      {none && <p className="quiet">{text.usesNone}</p>}
      <ul className="stack tight">
        {data?.articles.map(({ article, headline, draft, live }) => (
          <li key={article}>
            <Link to={`/articles/${article}`}>
              <bdi>{headline}</bdi>
            </Link>{' '}
            <span className="quiet small">
              {[live && text.usedLive, draft && !live && text.usedDraft]
                .filter((one) => one !== false)
                .join(', ')}
            </span>
          </li>
        ))}
        {data?.authors.map(({ id: author, name }) => (
          <li key={author}>{text.usedAuthor(name)}</li>
        ))}
        {data?.programmes.map(({ id: programme, title }) => (
          <li key={programme}>{text.usedProgramme(title)}</li>
        ))}
        {data?.episodes.map(({ id: episode, title }) => (
          <li key={episode}>{text.usedEpisode(title)}</li>
        ))}
      </ul>
    </section>
  );
}
