/** The colours of a site: what may be chosen, whether they can be read, and the style sheet that carries them to every page. */

/** What a page is printed with where nothing is chosen. */
export const houseColours = {
  light: { paper: '#fbf8f2', ink: '#1b1917', accent: '#b3131e' },
  dark: { paper: '#151412', ink: '#ece6db', accent: '#ff7a6b' },
} as const;

export type Colours = { readonly [K in 'paper' | 'ink' | 'accent']?: string | undefined };
export type Theme = { readonly light?: Colours | undefined; readonly dark?: Colours | undefined };

/** WCAG 2.2 §1.4.3 for text of any size; ink carries whole articles, so more is asked of it (§1.4.6). */
export const leastContrast = { ink: 7, accent: 4.5 } as const;

/** Contrast of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

export type ColourFault = {
  readonly scheme: 'light' | 'dark';
  readonly colour: 'ink' | 'accent';
  readonly is: number;
  readonly least: number;
};

/** The pairs of a theme that cannot be read well enough, chosen colours and the house's together. */
export function colourFaults(theme: Theme): ColourFault[] {
  return (['light', 'dark'] as const).flatMap((scheme) => {
    const { paper, ink, accent } = { ...houseColours[scheme], ...given(theme[scheme]) };
    return (
      [
        ['ink', ink],
        ['accent', accent],
      ] as const
    ).flatMap(([colour, value]): ColourFault[] => {
      const is = contrast(value, paper);
      const least = leastContrast[colour];
      return is >= least ? [] : [{ scheme, colour, is: Math.floor(is * 100) / 100, least }];
    });
  });
}

function given(colours: Colours | undefined): Partial<Record<'paper' | 'ink' | 'accent', string>> {
  return Object.fromEntries(Object.entries(colours ?? {}).filter(([, value]) => value !== undefined));
}

/** Custom properties for both schemes; what is between paper and ink is mixed of the two. Empty where nothing is chosen. */
export function themeSheet(theme: Theme): string {
  const rules = (['light', 'dark'] as const).flatMap((scheme) => {
    const chosen = given(theme[scheme]);
    if (Object.keys(chosen).length === 0) return [];
    const { paper, ink, accent } = { ...houseColours[scheme], ...chosen };
    const between =
      chosen.paper === undefined && chosen.ink === undefined
        ? ''
        : `--paper:${paper};--ink:${ink};--paper-2:${mix(paper, ink, 0.05)};--ink-2:${quieter(paper, ink)};--line:${mix(paper, ink, 0.18)};`;
    const rule = `:root{${between}--accent:${accent}}`;
    return [scheme === 'light' ? rule : `@media (prefers-color-scheme:dark){${rule}}`];
  });
  // A sheet for the light alone must not follow into the night.
  const [first] = rules;
  return rules.length === 1 && first?.startsWith(':root') === true
    ? `@media not (prefers-color-scheme:dark){${first}}`
    : rules.join('');
}

/** The ink of furniture: as quiet as it may be (WCAG 2.2 §1.4.3) and no louder than the ink. */
function quieter(paper: string, ink: string): string {
  for (let share = 0.66; share < 1; share += 0.04) {
    const colour = mix(paper, ink, share);
    // The darker paper of asides takes some of the contrast.
    if (contrast(colour, mix(paper, ink, 0.05)) >= 4.6) return colour;
  }
  return ink;
}

function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  return `#${a
    .map((value, at) => Math.round(value + ((b[at] ?? 0) - value) * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('')}`;
}
