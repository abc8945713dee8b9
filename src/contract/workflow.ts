import { mayRole, type Permission, type Role } from './permissions.ts';

/**
 * The way of an article from a draft to its readers, in one place: what can be done to it in which state, and by whom. Pure, so that
 * the server decides and the screens show by the same table.
 */

/** Where the work on the next version stands. */
export const stages = ['draft', 'desk', 'ready', 'scheduled'] as const;
export type Stage = (typeof stages)[number];

/** What readers can see of it. */
export type Standing = 'unpublished' | 'live' | 'killed' | 'taken_down';

export const workflowActions = [
  'edit',
  'submit',
  'take-back',
  'claim',
  'assign',
  'return',
  'ready',
  'reopen',
  'move',
  'check',
  'approve',
  'schedule',
  'unschedule',
  'publish',
  'override',
  'preview',
  'kill',
  'takedown',
] as const;
export type WorkflowAction = (typeof workflowActions)[number];

type Who =
  /** Anyone with the permission; who writes as a contributor, only on their own. */
  | 'writer'
  /** The desk's people: its members, and editors where the desk is open to them. */
  | 'desk'
  /** Editors of the desk, and its lead. */
  | 'lead';

type Rule = {
  readonly stages: readonly Stage[];
  readonly standings: readonly Standing[];
  readonly permission: Permission;
  readonly who: Who;
  /** Where the work stands after it; absent: where it stood. */
  readonly to?: Stage;
};

const open = ['draft', 'desk', 'ready'] as const;
const any = ['unpublished', 'live', 'killed'] as const;

export const workflow: Readonly<Record<WorkflowAction, Rule>> = {
  edit: { stages, standings: any, permission: 'articles:write', who: 'writer' },
  submit: { stages: ['draft'], standings: any, permission: 'articles:submit', who: 'writer', to: 'desk' },
  'take-back': {
    stages: ['desk'],
    standings: any,
    permission: 'articles:submit',
    who: 'writer',
    to: 'draft',
  },
  claim: { stages: open, standings: any, permission: 'articles:desk', who: 'desk' },
  assign: { stages, standings: any, permission: 'articles:desk', who: 'lead' },
  return: {
    stages: ['desk', 'ready'],
    standings: any,
    permission: 'articles:desk',
    who: 'desk',
    to: 'draft',
  },
  ready: { stages: ['draft', 'desk'], standings: any, permission: 'articles:desk', who: 'desk', to: 'ready' },
  reopen: { stages: ['ready'], standings: any, permission: 'articles:desk', who: 'desk', to: 'desk' },
  move: { stages: open, standings: any, permission: 'articles:desk', who: 'desk' },
  check: { stages, standings: any, permission: 'articles:desk', who: 'desk' },
  approve: { stages, standings: any, permission: 'articles:desk', who: 'desk' },
  schedule: { stages, standings: any, permission: 'articles:publish', who: 'desk', to: 'scheduled' },
  unschedule: { stages: ['scheduled'], standings: any, permission: 'articles:publish', who: 'desk' },
  publish: { stages, standings: any, permission: 'articles:publish', who: 'desk' },
  override: { stages, standings: any, permission: 'articles:override', who: 'desk' },
  preview: { stages, standings: any, permission: 'articles:write', who: 'writer' },
  kill: { stages, standings: ['live'], permission: 'articles:withdraw', who: 'desk' },
  takedown: { stages, standings: ['live', 'killed'], permission: 'articles:takedown', who: 'desk' },
};

/** Who acts, as the table sees them. */
export type Hand = {
  readonly userId: string;
  readonly role: Role;
  readonly scopes?: readonly Permission[] | undefined;
  /** In the desk that the article lies on. */
  readonly membership: 'none' | 'member' | 'lead';
};

/** What is acted on, as the table sees it. */
export type Piece = {
  readonly stage: Stage;
  readonly standing: Standing;
  readonly createdBy: string | null;
  readonly assignee: string | null;
  /** The desk it lies on; undefined: none. */
  readonly desk?: { readonly membersOnly: boolean } | undefined;
};

export type Verdict = { readonly may: true } | { readonly may: false; readonly because: Refusal };
export type Refusal = 'permission' | 'own' | 'desk' | 'lead' | 'stage' | 'standing' | 'no-desk';

const refused = (because: Refusal): Verdict => ({ may: false, because });

/** Whether someone may do something to an article as it stands, and why not. */
export function judge(action: WorkflowAction, hand: Hand, piece: Piece): Verdict {
  const rule = workflow[action];
  const holds =
    mayRole(hand.role, rule.permission) &&
    (hand.scopes === undefined || hand.scopes.includes(rule.permission));
  if (!holds) return refused('permission');
  if (!belongs(rule.who, hand, piece)) return refused(rule.who === 'writer' ? 'own' : whyNot(rule.who, hand));
  if (!rule.standings.includes(piece.standing)) return refused('standing');
  if (!rule.stages.includes(piece.stage)) return refused('stage');
  return { may: true };
}

/** Everything that someone may do to an article as it stands. */
export function actionsOf(hand: Hand, piece: Piece): WorkflowAction[] {
  return workflowActions.filter((action) => judge(action, hand, piece).may);
}

function whyNot(who: Who, hand: Hand): Refusal {
  return who === 'lead' && hand.membership === 'member' ? 'lead' : 'desk';
}

function belongs(who: Who, hand: Hand, piece: Piece): boolean {
  if (hand.role === 'admin') return true;
  const own = piece.createdBy === hand.userId || piece.assignee === hand.userId;
  if (who === 'writer') return hand.role !== 'contributor' || own;
  const editor = hand.role === 'editor';
  // An article of no desk is every editor's business, and its own writer's.
  if (piece.desk === undefined) return editor || (who === 'desk' && own);
  if (piece.desk.membersOnly && hand.membership === 'none') return false;
  if (editor) return true;
  return who === 'lead' ? hand.membership === 'lead' : hand.membership !== 'none';
}
