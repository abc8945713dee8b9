import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { radioText } from '../../strings/radio.ts';
import { Button, Field, say, sayFault, Select, Sheet, TextArea, TextField } from '../../ui/kit.ts';
import { sendFiles, useSendings } from '../media/uploads.ts';
import { chaptersIn, textOf } from './chapters.ts';
import { type Episode, useEpisodes, useProgrammes } from './data.ts';

/** What was cut or uploaded, and what one does with it. */
export function Episodes() {
  const text = useText(radioText);
  const may = useMay();
  const episodes = useEpisodes();
  const [open, setOpen] = useState<Episode>();
  const items = episodes.data?.items ?? [];
  return (
    <>
      {items.length > 0 && (
        <section className="stack tight">
          <h2>{text.episodes}</h2>
          <ul className="plain stack tight">
            {items.map((episode) => (
              <li key={episode.id} className="line apart">
                <span>
                  <bdi>{episode.title}</bdi>{' '}
                  <span className="quiet">
                    {text[episode.state]}
                    {episode.durationMs !== null && (
                      <span className="figures"> · {textOf(episode.durationMs)}</span>
                    )}
                  </span>
                </span>
                {may('radio:produce') && (
                  <span className="line">
                    <Button onClick={() => setOpen(episode)} aria-label={`${text.edit}: ${episode.title}`}>
                      {text.edit}
                    </Button>
                    <Button
                      onClick={() => {
                        const verb = episode.state === 'published' ? 'withdraw' : 'publish';
                        api
                          .post(`radio/episodes/${episode.id}/${verb}`)
                          .then(() => void episodes.refetch(), sayFault);
                      }}
                    >
                      {episode.state === 'published' ? text.withdraw : text.publish}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {may('radio:produce') && <FromFile />}
      <Sheet
        open={open !== undefined}
        onOpenChange={(is) => {
          if (!is) setOpen(undefined);
        }}
        title={text.edit}
      >
        {open !== undefined && <EditEpisode key={open.id} episode={open} close={() => setOpen(undefined)} />}
      </Sheet>
    </>
  );
}

/** A sound file on its way into the library; calls back with its asset. */
function SoundFile({ onAsset }: { readonly onAsset: (asset: string, name: string) => void }) {
  const text = useText(radioText);
  const [name, setName] = useState('');
  const sending = useSendings().findLast((one) => one.name === name);
  return (
    <Field
      label={text.soundFile}
      hint={text.soundFileHelp}
      {...(sending?.state === 'refused' ? { fault: sending.why ?? '' } : {})}
    >
      {(ids) => (
        <>
          <input
            {...ids}
            type="file"
            className="input"
            accept=".mp3,.m4a,.aac,.ogg,.opus,audio/mpeg,audio/mp4,audio/aac,audio/ogg"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file === undefined) return;
              setName(file.name);
              sendFiles([file], onAsset);
            }}
          />
          {sending?.state === 'sending' && (
            <progress max={sending.size} value={sending.sent} aria-label={name} />
          )}
          {sending?.state === 'done' && <span className="quiet">{text.uploaded}</span>}
        </>
      )}
    </Field>
  );
}

function FromFile() {
  const text = useText(radioText);
  const client = useQueryClient();
  const programmes = useProgrammes().data?.items ?? [];
  const [programme, setProgramme] = useState('');
  const [title, setTitle] = useState('');
  const [audio, setAudio] = useState<string>();
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  if (programmes.length === 0) return null;
  const chosen = programme === '' ? (programmes[0]?.id ?? '') : programme;
  return (
    <details className="stack tight">
      <summary>{text.fromFile}</summary>
      <form
        className="stack tight short-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (audio === undefined) return;
          setBusy(true);
          api
            .post(`radio/programmes/${chosen}/episodes/file`, { title, audio })
            .then(() => {
              say({ title: text.fileDone });
              setTitle('');
              setAudio(undefined);
              setRound((n) => n + 1);
              void client.invalidateQueries({ queryKey: ['radio', 'episodes'] });
            }, sayFault)
            .finally(() => setBusy(false));
        }}
      >
        <Select
          label={text.programme}
          value={chosen}
          choices={programmes.map(({ id, title: label }) => ({ value: id, label }))}
          onChange={setProgramme}
        />
        <SoundFile
          key={round}
          onAsset={(asset, name) => {
            setAudio(asset);
            setTitle((now) => (now === '' ? name.replace(/\.[^.]+$/, '') : now));
          }}
        />
        <TextField label={text.episodeTitle} value={title} onChange={setTitle} required />
        <Button type="submit" busy={busy} disabled={audio === undefined}>
          {text.makeEpisode}
        </Button>
      </form>
    </details>
  );
}

function EditEpisode({ episode, close }: { readonly episode: Episode; readonly close: () => void }) {
  const text = useText(radioText);
  const client = useQueryClient();
  const [title, setTitle] = useState(episode.title);
  const [description, setDescription] = useState(episode.description);
  const [season, setSeason] = useState(String(episode.season ?? ''));
  const [number, setNumber] = useState(String(episode.number ?? ''));
  const [explicit, setExplicit] = useState(episode.explicit);
  const [chapters, setChapters] = useState(
    episode.chapters.map((chapter) => `${textOf(chapter.startMs)} ${chapter.title}`).join('\n'),
  );
  const [audio, setAudio] = useState<string>();
  const [transcript, setTranscript] = useState<File>();
  const [language, setLanguage] = useState('');
  const [busy, setBusy] = useState(false);
  const read = chaptersIn(chapters, episode.chapters);

  async function save(): Promise<void> {
    const path = `radio/episodes/${episode.id}`;
    let match = `"${episode.rowVersion}"`;
    if (audio !== undefined)
      match = (await api.put(`${path}/sound`, { audio }, { ifMatch: match })).etag ?? match;
    if (transcript !== undefined) {
      const body = { text: await transcript.text(), language };
      match = (await api.put(`${path}/transcript`, body, { ifMatch: match })).etag ?? match;
    }
    const asNumber = (value: string): number | null => (value === '' ? null : Number(value));
    const about = { title, description, season: asNumber(season), number: asNumber(number), explicit };
    await api.put(path, { ...about, asset: episode.asset, chapters: read ?? [] }, { ifMatch: match });
  }

  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (read === undefined || busy) return;
        setBusy(true);
        save()
          .then(() => {
            say({ title: text.saved });
            close();
          }, sayFault)
          .finally(() => {
            setBusy(false);
            void client.invalidateQueries({ queryKey: ['radio', 'episodes'] });
          });
      }}
    >
      <TextField label={text.episodeTitle} value={title} onChange={setTitle} required maxLength={200} />
      <TextArea label={text.description} value={description} onChange={setDescription} rows={4} />
      <div className="line">
        <TextField label={text.season} type="number" min={1} max={999} value={season} onChange={setSeason} />
        <TextField
          label={text.number}
          type="number"
          min={1}
          max={99_999}
          value={number}
          onChange={setNumber}
        />
      </div>
      <label className="line">
        <input type="checkbox" checked={explicit} onChange={(event) => setExplicit(event.target.checked)} />
        {text.explicit}
      </label>
      <TextArea
        label={text.chapters}
        hint={text.chaptersHelp}
        {...(read === undefined ? { fault: text.chaptersFault } : {})}
        value={chapters}
        onChange={setChapters}
        rows={5}
      />
      <Field
        label={text.transcript}
        hint={
          episode.transcript === null ? text.transcriptHelp : `${text.transcriptHelp} ${text.hasTranscript}`
        }
      >
        {(ids) => (
          <input
            {...ids}
            type="file"
            className="input"
            accept=".vtt,.srt,.json"
            onChange={(event) => setTranscript(event.target.files?.[0])}
          />
        )}
      </Field>
      {transcript !== undefined && (
        <TextField
          label={text.transcriptLanguage}
          value={language}
          onChange={setLanguage}
          required
          pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]+)*"
          placeholder="en"
          dir="ltr"
        />
      )}
      <SoundFile onAsset={setAudio} />
      {episode.mime !== null && !/^audio\/(?:mpeg|mp4)$/.test(episode.mime) && (
        <p className="hint">{text.notForApple}</p>
      )}
      <div className="actions">
        <Button onClick={close}>{text.cancel}</Button>
        <Button type="submit" kind="first" busy={busy}>
          {text.save}
        </Button>
      </div>
    </form>
  );
}
