import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayRole, roles } from './permissions.ts';
import { actionsOf, type Hand, judge, type Piece, stages, workflow, workflowActions } from './workflow.ts';

const hand = fc.record({
  userId: fc.constantFrom('ann', 'bob', 'cem'),
  role: fc.constantFrom(...roles),
  membership: fc.constantFrom('none', 'member', 'lead'),
}) satisfies fc.Arbitrary<Hand>;
const piece = fc.record({
  stage: fc.constantFrom(...stages),
  standing: fc.constantFrom('unpublished', 'live', 'killed', 'taken_down'),
  createdBy: fc.constantFrom('ann', 'bob', null),
  assignee: fc.constantFrom('ann', 'bob', null),
  desk: fc.option(fc.record({ membersOnly: fc.boolean() }), { nil: undefined }),
}) satisfies fc.Arbitrary<Piece>;

test('whoever may something holds its permission, stands where it fits, and belongs to it', () => {
  fc.assert(
    fc.property(hand, piece, fc.constantFrom(...workflowActions), (who, what, action) => {
      const verdict = judge(action, who, what);
      const rule = workflow[action];
      const own = what.createdBy === who.userId || what.assignee === who.userId;
      if (verdict.may) {
        expect(mayRole(who.role, rule.permission)).toBe(true);
        expect(rule.stages).toContain(what.stage);
        expect(rule.standings).toContain(what.standing);
        if (who.role === 'contributor') expect(own).toBe(true);
        if (what.desk?.membersOnly === true && rule.who !== 'writer' && who.role !== 'admin')
          expect(who.membership).not.toBe('none');
      }
      // What is taken down stays down, whoever asks.
      if (what.standing === 'taken_down') expect(verdict.may).toBe(false);
      expect(actionsOf(who, what).includes(action)).toBe(verdict.may);
    }),
    { numRuns: 2000 },
  );
});

test('contributors and reporters publish nothing, in no state and on no desk', () => {
  const grave = ['publish', 'schedule', 'unschedule', 'override', 'kill', 'takedown'] as const;
  fc.assert(
    fc.property(hand, piece, fc.constantFrom(...grave), (who, what, action) => {
      fc.pre(who.role !== 'editor' && who.role !== 'admin');
      expect(judge(action, who, what).may).toBe(false);
    }),
    { numRuns: 1000 },
  );
});
