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
      const closed = what.desk?.membersOnly === true && rule.who !== 'writer' && who.role !== 'admin';
      const sound =
        mayRole(who.role, rule.permission) &&
        rule.stages.includes(what.stage) &&
        rule.standings.includes(what.standing) &&
        (who.role !== 'contributor' || own) &&
        !(closed && who.membership === 'none') &&
        // What is taken down stays down, whoever asks.
        what.standing !== 'taken_down';
      expect(!verdict.may || sound).toBe(true);
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
