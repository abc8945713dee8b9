import type { CommentDoc } from '../../../contract/comment-doc.ts';
import type { DiscussionWords } from '../../../contract/discussion-words/words.ts';
import { paths } from '../../../contract/routes.ts';
import { drawBody, el } from './draw.ts';
import { fill } from './words.ts';
import { suggestPeople } from './people.ts';

const MOST = 5000;

export type Compose = {
  readonly article: string;
  readonly to: string | undefined;
  readonly quote: string;
  readonly w: DiscussionWords;
  /** Where the form goes. */
  readonly place: (form: HTMLElement) => void;
  /** Told when the comment is visible. */
  readonly posted: (id: string) => void;
};

type Answer = {
  readonly id: string;
  readonly state: 'visible' | 'held' | 'rejected' | 'removed' | 'deleted';
  readonly verdict: {
    readonly phase: string;
    readonly matched: readonly string[];
    readonly message?: string;
  } | null;
  readonly body: CommentDoc;
};

/** `sent`: somebody may have it already. */
type Kept = { text: string; key: string; sent?: boolean | undefined };

/** What is typed is on this device before it is anywhere else, with the key that makes sending it twice the same as once. */
function keeper(name: string) {
  return {
    read: (): Kept | undefined => {
      try {
        const text = localStorage.getItem(name);
        return text === null ? undefined : (JSON.parse(text) as Kept);
      } catch {
        return undefined;
      }
    },
    write: (kept: Kept): boolean => {
      try {
        localStorage.setItem(name, JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    },
    drop: (): void => {
      try {
        localStorage.removeItem(name);
      } catch {
        // Without storage nothing was kept.
      }
    },
  };
}

/** Opens a form to write, where one reads. */
export function compose(options: Compose): void {
  const { article, to, w } = options;
  const keep = keeper(`comment ${article} ${to ?? ''}`);
  const before = keep.read();
  const kept: Kept = {
    text: before?.text ?? options.quote,
    key: before?.key ?? crypto.randomUUID(),
    sent: before?.sent,
  };
  const area = el('textarea', { name: 'text', required: '', maxlength: String(MOST), dir: 'auto' });
  area.value = kept.text;
  const status = el('p', { class: 'cm-said', role: 'status', hidden: '' });
  const note = el('small', {}, [w.formatting]);
  const send = el('button', {}, [w.post]);
  const cancel = el('button', { type: 'button', class: 'quiet-do' }, [w.cancel]);
  const form = el('form', { class: 'cm-form', method: 'post', action: paths.writeComment(article) }, [
    el('input', { type: 'hidden', name: 'key', value: kept.key }),
    el('input', { type: 'hidden', name: 'to', value: to ?? '' }),
    el('label', {}, [w.yourComment, area]),
    note,
    status,
    el('p', { class: 'cm-do' }, [send, cancel]),
  ]);
  suggestPeople(area, { article, w });
  const say = (text: string): void => {
    status.hidden = false;
    status.textContent = text;
  };
  area.addEventListener('input', () => {
    kept.text = area.value;
    // Other words are another comment: under the old key they would be taken for a retry of the first.
    if (kept.sent === true) Object.assign(kept, { key: crypto.randomUUID(), sent: false });
    if (area.value.trim() === '') keep.drop();
    else note.textContent = keep.write(kept) ? w.draftKept : w.formatting;
  });
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === 'Escape' && area.value === '') form.remove();
  });
  cancel.addEventListener('click', () => {
    keep.drop();
    form.remove();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    form.classList.add('sending');
    say(w.sending);
    kept.sent = true;
    keep.write(kept);
    const settle = (): void => {
      send.disabled = false;
      form.classList.remove('sending');
    };
    post(options, kept).then(
      (answer) => {
        settle();
        if (answer === 'sign-in') {
          // The form itself takes the text to the sign-in and back.
          form.submit();
          return;
        }
        if (typeof answer === 'string') {
          say(answer);
          return;
        }
        keep.drop();
        if (answer.state === 'visible') {
          form.remove();
          options.posted(answer.id);
          return;
        }
        form.replaceWith(outcome(answer, w));
      },
      () => {
        settle();
        say(navigator.onLine ? w.notSent : w.offline);
      },
    );
  });
  options.place(form);
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
}

/** What became of a comment that is not shown, and why. */
function outcome(answer: Answer, w: DiscussionWords): HTMLElement {
  const { verdict } = answer;
  const reason =
    verdict === null
      ? undefined
      : (w.phases[verdict.phase] ?? verdict.phase) +
        (verdict.matched.length === 0 ? '' : `: ${verdict.matched.join(', ')}`);
  return el('div', { class: 'cm-form', role: 'status', tabindex: '-1' }, [
    el('p', { class: 'cm-said' }, [
      answer.state === 'held' ? w.held : w.rejected,
      ...(reason === undefined ? [] : [el('br'), fill(w.because, { reason })]),
      ...(verdict?.message === undefined ? [] : [el('br'), verdict.message]),
    ]),
    drawBody(answer.body),
    el('p', { class: 'cm-do' }, [el('a', { href: paths.standards() }, [w.standardsSay])]),
  ]);
}

async function post({ article, to }: Compose, kept: Kept): Promise<Answer | string> {
  const response = await fetch(paths.api(`discussions/${article}/comments`), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': kept.key },
    body: JSON.stringify({ text: kept.text, ...(to === undefined ? {} : { parent: to }) }),
  });
  if (response.status === 401) return 'sign-in';
  const answer = (await response.json()) as Answer & { title?: string; detail?: string };
  if (response.ok) return answer;
  return [answer.title, answer.detail].filter((text) => text !== undefined).join(' ');
}
