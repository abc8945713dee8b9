import type { ComponentChildren, VNode } from 'preact';
import { MAX_COMMENT } from '../../contract/comments.ts';
import type { DiscussionForm, DiscussionFormPage as Model } from '../../contract/pages.ts';
import { Comment, CommentText } from '../components/comments.tsx';
import { safeHref } from '../safe.ts';
import { fill } from '../strings/index.ts';
import type { Ui } from '../ui.ts';

type Of<D extends DiscussionForm['do']> = Extract<DiscussionForm, { do: D }>;

function titleOf(ui: Ui, form: DiscussionForm): string {
  const { w } = ui;
  switch (form.do) {
    case 'write':
      return form.parent === undefined ? w.write : w.reply;
    case 'edit':
      return w.edit;
    case 'delete':
      return w.remove;
    case 'ignore':
      return form.on ? w.ignore : w.unignore;
    case 'follow':
      return form.on ? w.follow : w.unfollow;
    case 'said':
      return w[form.said];
    case 'notices':
    case 'stop':
      return w.notices.title;
  }
}

function Fault({ text }: { text: string | undefined }): VNode | null {
  return text === undefined ? null : (
    <p class="fault" role="alert">
      {text}
    </p>
  );
}

function Text({ ui, text }: { ui: Ui; text: string }): VNode {
  return (
    <label>
      {ui.w.yourComment}
      <textarea name="text" required maxLength={MAX_COMMENT} dir="auto" aria-describedby="formatting">
        {text}
      </textarea>
      <small id="formatting">{ui.w.formatting}</small>
    </label>
  );
}

function Write({ ui, form }: { ui: Ui; form: Of<'write'> }): VNode {
  const { w } = ui;
  return (
    <>
      {form.parent !== undefined && <Comment ui={ui} comment={form.parent} actions={false} />}
      <form class="cm-form" method="post" action={form.action}>
        <Fault text={form.fault} />
        <input type="hidden" name="key" value={form.key} />
        {form.parent !== undefined && <input type="hidden" name="to" value={form.parent.id} />}
        <Text ui={ui} text={form.text} />
        {form.me !== undefined && <p>{fill(w.signedInAs, { name: form.me })}</p>}
        {form.guest !== undefined && (
          <>
            <div class="two">
              <label>
                {w.name}
                <input name="name" autocomplete="name" maxLength={60} value={form.guest.name} dir="auto" />
              </label>
              <label>
                {w.email}
                <input
                  type="email"
                  name="email"
                  autocomplete="email"
                  maxLength={200}
                  value={form.guest.email}
                />
              </label>
            </div>
            <p>
              <small>{w.guestNote}</small>
            </p>
          </>
        )}
        <p class="cm-do">
          {(form.me !== undefined || form.guest !== undefined) && <button>{w.post}</button>}
          {form.me === undefined && (
            <button name="via" value="account" class={form.guest === undefined ? undefined : 'quiet-do'}>
              {w.signInAndPost}
            </button>
          )}
          {form.me === undefined && form.facebookHref !== undefined && (
            <button name="via" value="facebook" class="quiet-do">
              {fill(ui.t.commentVia, { name: 'Facebook' })}
            </button>
          )}
          {form.me === undefined && <small>{w.textKept}</small>}
        </p>
      </form>
    </>
  );
}

function Ask({
  action,
  label,
  children,
}: {
  action: string;
  label: string;
  children: ComponentChildren;
}): VNode {
  return (
    <form class="cm-form" method="post" action={action}>
      {children}
      <p class="cm-do">
        <button>{label}</button>
      </p>
    </form>
  );
}

function Said({ ui, form }: { ui: Ui; form: Of<'said'> }): VNode {
  const { w } = ui;
  return (
    <div class="cm-form">
      {form.reason !== undefined && <p class="cm-said">{fill(w.because, { reason: form.reason })}</p>}
      {form.message !== undefined && <p class="cm-said">{form.message}</p>}
      {form.body !== undefined && <CommentText body={form.body} />}
      <p class="cm-do">
        {form.href !== undefined && <a href={safeHref(form.href)}>{w.toComment}</a>}
        {form.editHref !== undefined && <a href={safeHref(form.editHref)}>{w.edit}</a>}
        {form.said === 'rejected' && (
          <a href={ui.site.standardsHref + (form.standard === undefined ? '' : `#${form.standard}`)}>
            {w.standardsSay}
          </a>
        )}
      </p>
    </div>
  );
}

function draw(ui: Ui, form: DiscussionForm): VNode {
  const { w } = ui;
  switch (form.do) {
    case 'write':
      return <Write ui={ui} form={form} />;
    case 'edit':
      return (
        <Ask action={form.action} label={w.save}>
          <Fault text={form.fault} />
          <p>{fill(w.editUntil, { time: ui.fmt.time(form.until) })}</p>
          <Text ui={ui} text={form.text} />
        </Ask>
      );
    case 'delete':
      return (
        <>
          <Comment ui={ui} comment={form.comment} actions={false} />
          <Ask action={form.action} label={w.remove}>
            <p>{w.removeAsk}</p>
          </Ask>
        </>
      );
    case 'ignore':
      return (
        <Ask action={form.action} label={form.on ? w.ignore : w.unignore}>
          <input type="hidden" name="on" value={form.on ? '1' : '0'} />
          <p>{fill(form.on ? w.ignoreIntro : w.ignoring, { name: form.name })}</p>
        </Ask>
      );
    case 'follow':
      return (
        <Ask action={form.action} label={form.on ? w.follow : w.unfollow}>
          <input type="hidden" name="on" value={form.on ? '1' : '0'} />
          <p>{w.followIntro}</p>
        </Ask>
      );
    case 'said':
      return <Said ui={ui} form={form} />;
    case 'notices':
      return (
        <Ask action={form.action} label={w.save}>
          {form.saved && <p class="cm-said">{w.saved}</p>}
          <p>{w.notices.intro}</p>
          {form.choices.map(({ kind, wanted }) => (
            <label>
              <input type="checkbox" name={kind} value="1" checked={wanted} /> {w.notices[kind]}
            </label>
          ))}
        </Ask>
      );
    case 'stop':
      return form.stopped ? (
        <p class="cm-said">{w.notices.stopped}</p>
      ) : (
        <Ask action={form.action} label={w.mail.stop}>
          <p>{w.notices[form.kind]}</p>
        </Ask>
      );
  }
}

/** A form of the discussion, or what came of it. */
export function DiscussionFormPage({ ui, page }: { ui: Ui; page: Model }): VNode {
  const { story, form } = page;
  return (
    <>
      <header class="page-head">
        {story !== undefined && (
          <p class="kicker">
            <a href={story.href}>{story.headline}</a>
          </p>
        )}
        <h1>{titleOf(ui, form)}</h1>
      </header>
      <section class="discussion">
        {draw(ui, form)}
        {story !== undefined && (
          <p class="ways">
            <a href={`${story.href}#discussion`}>{ui.w.back}</a>
          </p>
        )}
      </section>
    </>
  );
}
