import type { Finding, Outcome } from '../../contract/moderation.ts';
import { phases } from './phases/index.ts';
import type { PhaseContext, Subject } from './phases/phase.ts';

export type Judgement = {
  readonly outcome: Outcome;
  /** The finding that decides; undefined where every phase let it pass. */
  readonly decisive: Finding | undefined;
  /** Everything that was found on the way, in the order of the phases. */
  readonly findings: readonly Finding[];
};

const WEIGHT: Readonly<Record<Outcome, number>> = { publish: 0, hold: 1, reject: 2 };

/**
 * Takes a comment through the phases. The first that rejects ends the way; otherwise the first of those that hold decides. A comment that
 * is held is looked at to the end, so that a moderator sees all there is to it, and a later phase may still reject it.
 */
export function judge(subject: Subject, context: PhaseContext): Judgement {
  const findings: Finding[] = [];
  let decisive: Finding | undefined;
  for (const phase of phases) {
    const finding = phase.look(subject, context);
    if (finding === undefined) continue;
    findings.push(finding);
    if (decisive === undefined || WEIGHT[finding.outcome] > WEIGHT[decisive.outcome]) decisive = finding;
    if (finding.outcome === 'reject') break;
  }
  return { outcome: decisive?.outcome ?? 'publish', decisive, findings };
}
