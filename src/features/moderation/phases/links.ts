import type { DomainRule, Finding } from '../../../contract/moderation.ts';
import { isShortener, type Link } from '../text/links.ts';
import type { Phase } from './phase.ts';

const APPROVED_FOR_LINKS = 3;

/** Links: domains that were ruled on, addresses that hide where they lead, and how many. */
export const links: Phase = {
  name: 'links',
  look: (subject, { settings, rules }): Finding | undefined => {
    const own = settings.links;
    const ruled = subject.links.map((link) => ({ link, rule: ruleFor(link, rules.domains) }));
    const strongest = (['reject', 'hold'] as const)
      .map((outcome) => ruled.filter(({ rule }) => rule?.action === outcome))
      .find((hits) => hits.length > 0);
    if (strongest !== undefined) {
      const rule = strongest[0]?.rule;
      if (rule !== undefined)
        return {
          phase: 'links',
          rule: `links.domain:${rule.id}`,
          outcome: rule.action,
          matched: strongest.map(({ link }) => link.written),
          standard: rule.standard ?? own.standard,
          facts: { domain: rule.domain },
        };
    }
    if (subject.author.kind === 'staff') return undefined;
    const others = ruled.filter(({ rule }) => rule === undefined).map(({ link }) => link);
    const found = { phase: 'links', standard: own.standard } as const;
    const hidden = others.filter((link) => isShortener(link.host));
    if (hidden.length > 0 && own.shorteners !== 'publish')
      return {
        ...found,
        rule: 'links.shortener',
        outcome: own.shorteners,
        matched: hidden.map((link) => link.written),
        facts: { domain: hidden[0]?.host ?? '' },
      };
    const trusted = subject.author.approved >= Math.max(APPROVED_FOR_LINKS, settings.newcomer.approved);
    const most = trusted ? own.most : Math.min(own.most, own.newcomerMost);
    if (others.length <= most) return undefined;
    return {
      ...found,
      rule: 'links.too-many',
      outcome: own.action,
      matched: others.slice(0, 20).map((link) => link.written),
      facts: { count: others.length, most },
    } satisfies Finding;
  },
};

/** The rule of the longest domain that holds the host. */
function ruleFor(link: Link, rules: readonly DomainRule[]): DomainRule | undefined {
  let best: DomainRule | undefined;
  for (const rule of rules) {
    const holds = link.host === rule.domain || link.host.endsWith(`.${rule.domain}`);
    if (holds && rule.domain.length > (best?.domain.length ?? 0)) best = rule;
  }
  return best;
}
