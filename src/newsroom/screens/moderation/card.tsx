import { Link } from '@tanstack/react-router';
import { initials } from '../../../base/initials.ts';
import { whyOf } from '../../../contract/moderation-words.ts';
import type { DecisionAnswer, QueueItem } from '../../../contract/moderation-answers.ts';
import { useMe } from '../../app/session.ts';
import { useLanguage, useText } from '../../i18n.ts';
import { moderationText } from '../../strings/moderation.ts';
import { Badge, TimeOf } from '../../ui/kit.ts';

/** The text of a comment with what a rule found in it set off. Text alone, whatever was written. */
export function Marked({ text, matched }: { readonly text: string; readonly matched: readonly string[] }) {
  const found = matched.filter((word) => word !== '' && text.includes(word));
  if (found.length === 0) return <>{text}</>;
  const pattern = new RegExp(
    `(${found.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`,
    'gu',
  );
  return (
    <>
      {text
        .split(pattern)
        .map((part, at) => (found.includes(part) ? <mark key={`${at}${part}`}>{part}</mark> : part))}
    </>
  );
}

/** Why a decision was made: the sentence of its rule, or who made it on what ground. */
export function Why({ decision }: { readonly decision: DecisionAnswer }) {
  const language = useLanguage();
  const text = useText(moderationText);
  const finding = decision.findings.find(({ rule }) => rule === decision.rule);
  const why =
    finding === undefined
      ? whyOf({ phase: decision.phase, rule: decision.rule, facts: {} }, language)
      : whyOf(finding, language);
  return (
    <span>
      {decision.automated
        ? `${text.rule} ${decision.rule.split(':')[0] ?? ''}: ${why}`
        : (decision.by?.name ?? '')}
      {decision.standard !== null && ` · § ${decision.standard.number} ${decision.standard.title}`}
      {decision.legalGround !== null && ` · ${decision.legalGround}`}
      {decision.facts !== '' && ` · ${decision.facts}`}
    </span>
  );
}

export function AuthorLine({ item }: { readonly item: Pick<QueueItem, 'author'> }) {
  const text = useText(moderationText);
  const { author } = item;
  return (
    <span className="line">
      {author.picture === null ? (
        <span className="mod-face" aria-hidden="true">
          {initials(author.name)}
        </span>
      ) : (
        <img className="mod-face" src={author.picture} alt="" width={24} height={24} loading="lazy" />
      )}
      <Link to={`/moderation/people/${encodeURIComponent(author.key)}`}>
        <bdi>{author.name === '' ? text.guest : author.name}</bdi>
      </Link>
      {author.kind === 'guest' && <Badge mark="open">{text.guest}</Badge>}
      {author.kind === 'staff' && <Badge mark="full">{text.staff}</Badge>}
      {author.sanction !== null && (
        <Badge mark="ended">{author.sanction.kind === 'ban' ? text.banned : text.suspended}</Badge>
      )}
      <span className="quiet">{text.history(author.approved, author.rejected)}</span>
    </span>
  );
}

/** A comment in a queue: who, where, what, why it is here, and who is at it. */
export function QueueCard({ item }: { readonly item: QueueItem }) {
  const text = useText(moderationText);
  const me = useMe();
  const { decision, claim, appeal, reports } = item;
  const matched = [
    ...(decision?.matched ?? []),
    ...(decision?.findings.flatMap((each) => each.matched) ?? []),
  ];
  const many = reports.reduce((sum, each) => sum + each.count, 0);
  return (
    <div className="mod-card">
      <div className="line apart">
        <AuthorLine item={item} />
        <span className="line quiet">
          {item.featured && <Badge mark="full">{text.featured}</Badge>}
          {item.edits > 0 && <Badge mark="half">{text.edited}</Badge>}
          <TimeOf instant={item.createdAt} />
        </span>
      </div>
      <p className="mod-text" dir="auto" lang={item.language}>
        <Marked text={item.text} matched={matched} />
      </p>
      <div className="facts">
        {item.article.path === null ? (
          <bdi>{item.article.headline}</bdi>
        ) : (
          <a href={item.article.path} target="_blank" rel="noreferrer">
            <bdi>{item.article.headline}</bdi>
          </a>
        )}
      </div>
      {decision !== null && (
        <div className="facts">
          <Why decision={decision} />
        </div>
      )}
      {many > 0 && (
        <div className="facts">
          <strong>{text.reports(many)}</strong>
          {reports.map((each) => (
            <span key={each.category}>
              {each.category} {each.count}
            </span>
          ))}
        </div>
      )}
      {appeal !== null && (
        <blockquote className="mod-appeal" dir="auto">
          <strong>{text.appeal}:</strong> {appeal.body}
        </blockquote>
      )}
      {claim !== null && (
        <div className="facts">
          <Badge mark="half">{claim.by.id === me.id ? text.mine : text.claimedBy(claim.by.name)}</Badge>
        </div>
      )}
    </div>
  );
}
