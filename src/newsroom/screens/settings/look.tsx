import { useQuery } from '@tanstack/react-query';
import { type ChangeEvent, useRef, useState } from 'react';
import { colourFaults, houseColours } from '../../../contract/theme.ts';
import { api } from '../../api.ts';
import { number, useLanguage, useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import { Button, classes, Field, sayFault } from '../../ui/kit.ts';
import { sendFile } from '../media/uploads.ts';
import type { PartProps } from './use-settings.ts';

type Scheme = 'light' | 'dark';
type Colour = 'paper' | 'ink' | 'accent';

export function Look({ settings, set, fault }: PartProps) {
  const text = useText(settingsText);
  const language = useLanguage();
  const { colours } = settings;
  const faults = colourFaults(colours);
  const choose = (scheme: Scheme, colour: Colour, value: string | undefined): void => {
    const { [colour]: _gone, ...rest } = colours[scheme];
    set({
      colours: { ...colours, [scheme]: value === undefined ? rest : { ...rest, [colour]: value } },
    });
  };
  return (
    <div className="stack loose">
      <Logo value={settings.logo} onChange={(logo) => set({ logo })} fault={fault('/logo')} />
      <hr className="rule" />
      <div className="columns">
        {(['light', 'dark'] as const).map((scheme) => (
          <fieldset key={scheme} className="stack tight">
            <legend>
              <h2>{scheme === 'light' ? text.day : text.night}</h2>
            </legend>
            {(['paper', 'ink', 'accent'] as const).map((colour) => (
              <Field key={colour} label={text[colour]}>
                {(ids) => (
                  <div className="line">
                    <input
                      {...ids}
                      className="swatch"
                      type="color"
                      value={colours[scheme][colour] ?? houseColours[scheme][colour]}
                      onChange={(event) => choose(scheme, colour, event.target.value)}
                    />
                    <code>{colours[scheme][colour] ?? houseColours[scheme][colour]}</code>
                    {colours[scheme][colour] !== undefined && (
                      <Button kind="plain" onClick={() => choose(scheme, colour, undefined)}>
                        {text.houseColour}
                      </Button>
                    )}
                  </div>
                )}
              </Field>
            ))}
            <Sample scheme={scheme} colours={{ ...houseColours[scheme], ...colours[scheme] }} />
            {faults
              .filter((one) => one.scheme === scheme)
              .map((one) => (
                <p key={one.colour} className="fault" role="alert">
                  {text.contrastOf(text[one.colour], number(language, one.is), number(language, one.least))}
                </p>
              ))}
          </fieldset>
        ))}
      </div>
    </div>
  );
}

/** The colours on a scrap of paper. They are set on the element by script: no style of theirs is in the document. */
function Sample({
  scheme,
  colours,
}: {
  readonly scheme: Scheme;
  readonly colours: Readonly<Record<string, string | undefined>>;
}) {
  const text = useText(settingsText);
  return (
    <div
      className={classes('sample', scheme)}
      aria-hidden="true"
      ref={(element) => {
        if (element === null) return;
        element.style.background = colours['paper'] ?? '';
        element.style.color = colours['ink'] ?? '';
        element.style.setProperty('--accent', colours['accent'] ?? '');
      }}
    >
      <b>{text.sampleLive}</b>
      <h3>{text.sampleHead}</h3>
      <p>{text.sampleText}</p>
    </div>
  );
}

type Asset = { readonly id: string; readonly path: string | null; readonly preview: string | null };

function Logo({
  value,
  onChange,
  fault,
}: {
  readonly value: string | undefined;
  readonly onChange: (asset: string | undefined) => void;
  readonly fault: string | undefined;
}) {
  const text = useText(settingsText);
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const asset = useQuery({
    queryKey: ['assets', value],
    enabled: value !== undefined,
    queryFn: () => api.get<Asset>(`assets/${value ?? ''}`),
    // Its sizes are made in a moment, by a job.
    refetchInterval: (query) => ((query.state.data?.path ?? null) === null ? 2000 : false),
  });
  const shown = asset.data?.path ?? undefined;
  const upload = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    setBusy(true);
    try {
      onChange(await sendFile(file));
    } catch (cause) {
      sayFault(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Field label={text.logo} hint={text.logoHint} fault={fault}>
      {(ids) => (
        <div className="stack tight">
          <div className="logo">
            {value === undefined ? (
              <span className="quiet">{text.noLogo}</span>
            ) : shown === undefined ? (
              <span className="quiet">{text.logoSoon}</span>
            ) : (
              <img src={shown} alt={text.logo} />
            )}
          </div>
          <div className="line">
            <input
              {...ids}
              ref={input}
              className="unseen"
              type="file"
              accept="image/png,image/jpeg,image/webp"
              tabIndex={-1}
              onChange={(event) => void upload(event)}
            />
            <Button icon="picture" busy={busy} onClick={() => input.current?.click()}>
              {busy ? text.uploading : text.upload}
            </Button>
            {value !== undefined && (
              <Button kind="plain" onClick={() => onChange(undefined)}>
                {text.removeLogo}
              </Button>
            )}
          </div>
        </div>
      )}
    </Field>
  );
}
