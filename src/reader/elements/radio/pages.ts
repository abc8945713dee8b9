/**
 * Keeps the sound over a change of pages: a link is followed within the document, its page fetched and its parts put in place of the old
 * ones. Only while the radio plays, only to pages of this site, and only where the browser has the Navigation API; elsewhere the page is
 * loaded anew and the player goes on by itself.
 */
type NavigateEvent = Event & {
  readonly canIntercept: boolean;
  readonly hashChange: boolean;
  readonly downloadRequest: string | null;
  readonly formData: FormData | null;
  readonly navigationType: 'push' | 'replace' | 'reload' | 'traverse';
  readonly destination: { readonly url: string };
  readonly signal: AbortSignal;
  intercept(options: { handler: () => Promise<void> }): void;
};
type Navigation = EventTarget;

/** Addresses that are no pages of the paper: they bring their own programs, files or streams. */
const OTHERS = /^\/(?:newsroom|account|api|radio|media|assets|record|og)(?:\/|$)|\.[a-z0-9]{2,5}$/;

export function keepOverPages(playing: () => boolean, keep: HTMLElement): void {
  const navigation = (globalThis as { navigation?: Navigation }).navigation;
  navigation?.addEventListener('navigate', (raw) => {
    const event = raw as NavigateEvent;
    const to = new URL(event.destination.url);
    if (!playing() || !event.canIntercept || event.hashChange || event.downloadRequest !== null) return;
    if (event.formData !== null || event.navigationType === 'reload') return;
    if (to.origin !== location.origin || OTHERS.test(to.pathname)) return;
    event.intercept({
      handler: async () => {
        const page = await readPage(to.href, event.signal);
        if (page === undefined) {
          if (!event.signal.aborted) location.reload();
          return;
        }
        turnTo(page, keep);
      },
    });
  });
}

/** A page as a document. The browser itself reads it, so that no script makes markup of text. */
function readPage(href: string, signal: AbortSignal): Promise<Document | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', href);
    request.responseType = 'document';
    request.setRequestHeader('Accept', 'text/html');
    request.addEventListener('loadend', () => {
      const page = request.responseXML;
      const sameSite = new URL(request.responseURL || href).origin === location.origin;
      resolve(page !== null && sameSite && sameProgram(page) ? page : undefined);
    });
    signal.addEventListener('abort', () => request.abort());
    request.send();
  });
}

/** A page of another edition of the program (a new release) has to be loaded whole. */
function sameProgram(page: Document): boolean {
  const address = (of: Document): string | null | undefined =>
    of.querySelector('script[type=module]')?.getAttribute('src');
  return address(page) !== undefined && address(page) === address(document);
}

function turnTo(page: Document, keep: HTMLElement): void {
  const { documentElement: root, head, body } = document;
  for (const name of ['lang', 'dir', 'class'] as const) {
    const value = page.documentElement.getAttribute(name);
    if (value === null) root.removeAttribute(name);
    else root.setAttribute(name, value);
  }
  const lasting = 'link[rel=stylesheet], link[rel=preload], script[type=module]';
  for (const old of head.querySelectorAll(`:scope > :not(${lasting})`)) old.remove();
  for (const fresh of page.head.querySelectorAll(`:scope > :not(${lasting})`))
    head.append(document.adoptNode(fresh));
  body.className = page.body.className;
  while (body.firstChild !== null && body.firstChild !== keep) body.firstChild.remove();
  while (keep.nextSibling !== null) keep.nextSibling.remove();
  while (page.body.firstChild !== null) body.insertBefore(document.adoptNode(page.body.firstChild), keep);
}
