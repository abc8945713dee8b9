/** What `/api/v1/radio/on-air` says of a mount. */
export type OnAir = {
  readonly slug: string;
  readonly name: string;
  readonly origin: 'off' | 'encoder' | 'relay' | 'fallback';
  readonly title: string;
  readonly artist: string;
  readonly programme: {
    readonly title: string;
    readonly hosts: readonly string[];
    readonly endsAt: string;
    readonly picture: { readonly src: string; readonly width: number; readonly height: number } | null;
  } | null;
  readonly next: { readonly title: string; readonly startsAt: string } | null;
};

/** The first mount of the house; undefined when nothing can be learnt now. */
export async function askOnAir(href: string): Promise<OnAir | undefined> {
  try {
    const response = await fetch(href, { credentials: 'omit' });
    if (!response.ok) return undefined;
    const { items } = (await response.json()) as { items: readonly OnAir[] };
    return items[0];
  } catch {
    return undefined; // The network is away; the next round asks again.
  }
}

/** One line: the title that the encoder sends, else the programme, else the station. */
export function lineOf(now: OnAir): string {
  const song = now.artist === '' ? now.title : `${now.artist} – ${now.title}`;
  const programme = now.programme?.title ?? '';
  if (song !== '' && programme !== '' && song !== programme) return `${programme}: ${song}`;
  return song || programme || now.name;
}
