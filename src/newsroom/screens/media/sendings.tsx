import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n.ts';
import { mediaText } from '../../strings/media.ts';
import { Button, IconButton } from '../../ui/kit.ts';
import { bytesOf } from './assets.ts';
import { cancelSending, clearEnded, type Sending, useSendings } from './uploads.ts';

/** The uploads of this window: how far each is, and why one was refused. `within`: within other work, which no link leads away from. */
export function Sendings({ within = false }: { readonly within?: boolean }) {
  const text = useText(mediaText);
  const sendings = useSendings();
  if (sendings.length === 0) return null;
  const ended = sendings.some(({ state }) => state !== 'sending' && state !== 'waiting');
  return (
    <section className="sendings stack tight" aria-label={text.uploading}>
      <div className="line apart">
        <h2>{text.uploading}</h2>
        {ended && (
          <Button kind="plain" onClick={clearEnded}>
            {text.clearDone}
          </Button>
        )}
      </div>
      <ul>
        {sendings.map((sending) => (
          <li key={sending.id} className="line apart">
            <span className="name">
              {sending.asset === undefined || within ? (
                <bdi>{sending.name}</bdi>
              ) : (
                <Link to={`/pictures/${sending.asset}`}>
                  <bdi>{sending.name}</bdi>
                </Link>
              )}
            </span>
            <State sending={sending} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ sending }: { readonly sending: Sending }) {
  const text = useText(mediaText);
  const { id, name, state, sent, size, why } = sending;
  if (state === 'done') return <span className="quiet small">{text.done}</span>;
  if (state === 'cancelled') return <span className="quiet small">{text.cancelled}</span>;
  if (state === 'refused')
    return (
      <span className="fault" role="alert">
        {text.refused(why ?? '')}
      </span>
    );
  return (
    <span className="line">
      {state === 'waiting' && <span className="quiet small">{text.waiting}</span>}
      <progress max={size} value={sent} aria-label={name} />
      <span className="quiet small figures">
        {bytesOf(sent)} / {bytesOf(size)}
      </span>
      <IconButton icon="close" label={text.cancelUpload(name)} onClick={() => cancelSending(id)} />
    </span>
  );
}
