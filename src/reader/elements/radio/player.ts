import { paths } from '../../../contract/routes.ts';
import { askOnAir, lineOf, type OnAir } from './on-air.ts';
import { keepOverPages } from './pages.ts';
import { PLAYING } from './playing.ts';
import { Sound } from './sound.ts';
import { addStyle } from './style.ts';
import { wordsOf } from './words.ts';

/** `from`: what the page before this one kept. */
export type Player = { play(from: string | undefined): Promise<void> };

const STREAM = paths.radioStream('live');
const ON_AIR = paths.api('radio/on-air');
const ASK_MS = 15_000;
const STEP_SECONDS = 30;

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  more: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), { className }, more);
}

/** 0:30, 12:05, 1:02:05 */
function clockOf(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const tail = `${String(m).padStart(h > 0 ? 2 : 1, '0')}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}

/** Draws the bar at the foot of the window and wires it up; once a document. */
export function openPlayer(): Player {
  addStyle();
  const text = wordsOf(document.documentElement.lang);
  const site = document.querySelector('.nameplate')?.textContent?.trim() ?? '';
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '';
  const zone = document.querySelector<HTMLElement>('site-clock')?.dataset['zone'];
  const bar = make('section', 'radio-bar', { ariaLabel: text.player });
  const toggle = make('button', 'radio-play', { type: 'button' });
  const back = make('button', 'radio-step', {
    type: 'button',
    textContent: `−${STEP_SECONDS}`,
    dir: 'ltr',
    ariaLabel: text.back,
  });
  const live = make('button', 'radio-live', {
    type: 'button',
    textContent: text.live,
    ariaLabel: text.toLive,
  });
  const seek = make('input', 'radio-seek', {
    type: 'range',
    max: '0',
    step: '10',
    hidden: true,
    ariaLabel: text.seek,
  });
  const behindText = make('span', 'radio-behind', { hidden: true, dir: 'ltr' });
  const now = make('span', 'radio-now', { role: 'status', dir: 'auto' });
  const next = make('span', 'radio-next', { dir: 'auto' });
  const close = make('button', 'radio-close', { type: 'button', ariaLabel: text.close, textContent: '×' });
  const lines = make('div', 'radio-lines');
  lines.append(now, next);
  bar.append(seek, behindText, toggle, back, live, lines, close);

  let heard: OnAir | undefined;
  let stopped = false;
  let seeking = false;
  const sound = new Sound(STREAM, draw);
  const time = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  });

  function draw(): void {
    const { audio } = sound;
    const plays = sound.wanted && !audio.paused;
    bar.dataset['state'] = plays ? (audio.readyState > 2 ? 'playing' : 'connecting') : 'paused';
    toggle.ariaLabel = sound.wanted ? text.pause : text.play;
    drawPlace();
    const line = heard === undefined ? site : heard.origin === 'off' ? text.off : lineOf(heard);
    const said = sound.wanted && audio.readyState < 3 ? text.connecting : line;
    if (now.textContent !== said) now.textContent = said;
    const coming =
      heard?.next === undefined || heard.next === null
        ? ''
        : `${text.next} ${time.format(Date.parse(heard.next.startsAt))} ${heard.next.title}`;
    if (next.textContent !== coming) next.textContent = coming;
    keep();
    if ('mediaSession' in navigator)
      navigator.mediaSession.playbackState = sound.wanted ? 'playing' : 'paused';
  }

  /** How far back one is, for the eye, the ear and the lock screen. */
  function drawPlace(): void {
    const back = sound.mode === 'rewind';
    bar.dataset['mode'] = sound.mode;
    live.hidden = behindText.hidden = seek.hidden = !back;
    const behind = Math.round(sound.behind);
    const minutes = text.behind.replace('{n}', String(Math.max(1, Math.round(behind / 60))));
    live.ariaLabel = back ? `${text.toLive} (${minutes})` : text.toLive;
    behindText.textContent = back ? `−${clockOf(behind)}` : '';
    if (back && !seeking) {
      const window = Math.round(sound.window);
      seek.min = String(-window);
      seek.value = String(-behind);
      const at = sound.heardAt;
      seek.setAttribute('aria-valuetext', at === undefined ? minutes : `${time.format(at)}, ${minutes}`);
      tellPlace(window, behind);
    } else if (!back) tellPlace(0, 0);
  }

  function tellPlace(window: number, behind: number): void {
    if (!('mediaSession' in navigator) || !('setPositionState' in navigator.mediaSession)) return;
    if (window === 0) navigator.mediaSession.setPositionState();
    else
      navigator.mediaSession.setPositionState({
        duration: window,
        position: Math.min(window, Math.max(0, window - behind)),
      });
  }

  /** The next page of this tab goes on where this one ends. */
  function keep(): void {
    if (sound.wanted) sessionStorage.setItem(PLAYING, String(sound.heardAt ?? 'live'));
    else sessionStorage.removeItem(PLAYING);
  }

  async function ask(): Promise<void> {
    heard = (await askOnAir(ON_AIR)) ?? heard;
    draw();
    tellSystem();
  }

  /** The lock screen, the headset, the car. */
  function tellSystem(): void {
    if (!('mediaSession' in navigator) || heard === undefined) return;
    const { mediaSession } = navigator;
    const picture = heard.programme?.picture;
    mediaSession.metadata = new MediaMetadata({
      title: heard.title || (heard.programme?.title ?? heard.name),
      artist: heard.artist || (heard.programme?.hosts.join(', ') ?? ''),
      album: site,
      artwork: [
        ...(picture === undefined || picture === null
          ? []
          : [{ src: picture.src, sizes: `${picture.width}x${picture.height}`, type: 'image/jpeg' }]),
        ...(icon === '' ? [] : [{ src: icon, sizes: 'any', type: 'image/svg+xml' }]),
      ],
    });
    const on = (action: MediaSessionAction, handler: () => void): void => {
      try {
        mediaSession.setActionHandler(action, handler);
      } catch {
        return; // A control that this browser does not have.
      }
    };
    on('play', () => void sound.play());
    on('pause', () => sound.pause());
    on('stop', () => sound.pause());
    on('seekbackward', () => void sound.step(-STEP_SECONDS));
    on('seekforward', () => void sound.step(STEP_SECONDS));
    mediaSession.setActionHandler('seekto', ({ seekTime }) => {
      if (seekTime !== undefined && sound.window > 0) void sound.seek(sound.window - seekTime);
    });
  }

  toggle.addEventListener('click', () => (sound.wanted ? sound.pause() : void sound.play()));
  back.addEventListener('click', () => void sound.step(-STEP_SECONDS));
  live.addEventListener('click', () => {
    void sound.toLive();
    // The button goes with what it did.
    toggle.focus();
  });
  seek.addEventListener('input', () => {
    seeking = true;
    behindText.textContent = `−${clockOf(-Number(seek.value))}`;
  });
  seek.addEventListener('change', () => {
    seeking = false;
    void sound.seek(-Number(seek.value));
  });
  close.addEventListener('click', () => {
    sound.pause();
    stopped = true;
    bar.remove();
    document.querySelector<HTMLElement>('listen-live a')?.focus();
  });
  bar.addEventListener('keydown', (event) => {
    if (event.target === seek && event.key !== 'Escape') return;
    if (event.key === 'Escape') close.click();
    else if (event.key === 'ArrowLeft') void sound.step(-STEP_SECONDS);
    else if (event.key === 'ArrowRight') void sound.step(STEP_SECONDS);
    else return;
    event.preventDefault();
  });
  // The element stands in the bar, where the page finds it; it has no controls of its own.
  sound.audio.hidden = true;
  bar.append(sound.audio);
  document.body.append(bar);
  keepOverPages(() => sound.wanted && bar.isConnected, bar);
  setInterval(() => {
    if (!stopped && !document.hidden) void ask();
  }, ASK_MS);
  setInterval(() => {
    if (sound.mode === 'rewind' && !document.hidden) draw();
  }, 1000);
  addEventListener('pagehide', keep);
  draw();
  void ask();

  return {
    play: async (from) => {
      stopped = false;
      if (!bar.isConnected) document.body.append(bar);
      // Another click on "Listen live" while it plays changes nothing that one hears.
      if (sound.wanted && !sound.audio.paused) return;
      const date = Number(from);
      await (date > 0 ? sound.playFrom(date) : sound.play());
      if (from !== undefined && !sound.wanted) now.textContent = text.press;
    },
  };
}
