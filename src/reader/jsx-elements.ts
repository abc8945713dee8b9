import type { HTMLAttributes } from 'preact';

/** The reader's custom elements, as server markup writes them. */
type Plain = HTMLAttributes & { [data: `data-${string}`]: string | number | undefined };

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'episode-audio': Plain;
      'listen-live': Plain;
      'site-clock': Plain;
      'short-link': Plain;
      'late-number': Plain;
      'page-live': Plain;
      'rel-time': Plain;
      'search-box': Plain;
      'live-discussion': Plain;
      'passkey-sign-in': Plain;
      'passkey-add': Plain;
    }
  }
}
