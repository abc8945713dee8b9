/** Who may do what: one map, from which the type, the routes' checks and the tests all come. */
export const roles = [
  'reader',
  'contributor',
  'reporter',
  'editor',
  'producer',
  'moderator',
  'admin',
] as const;
export type Role = (typeof roles)[number];

const everyoneInHouse = ['contributor', 'reporter', 'editor', 'producer', 'moderator', 'admin'] as const;

export const permissions = {
  'articles:read': everyoneInHouse,
  'articles:write': ['contributor', 'reporter', 'editor', 'admin'],
  'articles:submit': ['contributor', 'reporter', 'editor', 'admin'],
  'articles:desk': ['reporter', 'editor', 'admin'],
  'articles:publish': ['editor', 'admin'],
  'articles:override': ['editor', 'admin'],
  'articles:withdraw': ['editor', 'admin'],
  'articles:takedown': ['admin'],
  'desks:read': everyoneInHouse,
  'desks:manage': ['editor', 'admin'],
  'front:write': ['editor', 'admin'],
  'taxonomy:read': everyoneInHouse,
  'taxonomy:write': ['editor', 'admin'],
  'media:read': everyoneInHouse,
  'media:write': ['contributor', 'reporter', 'editor', 'producer', 'admin'],
  'audience:read': everyoneInHouse,
  'links:write': ['reporter', 'editor', 'producer', 'admin'],
  'radio:read': everyoneInHouse,
  /** On the air: titles, moments, episodes, programmes and the schedule. */
  'radio:produce': ['producer', 'editor', 'admin'],
  /** Mounts and the passwords of encoders. */
  'radio:manage': ['producer', 'admin'],
  'comments:read': everyoneInHouse,
  'comments:manage': ['moderator', 'editor', 'admin'],
  'comments:export': ['moderator', 'admin'],
  'record:erase': ['admin'],
  'settings:read': everyoneInHouse,
  'settings:write': ['admin'],
  'moderation:read': ['editor', 'moderator', 'admin'],
  'moderation:write': ['editor', 'moderator', 'admin'],
  'moderation:rules': ['moderator', 'admin'],
  'standards:write': ['editor', 'admin'],
  'tokens:manage': ['admin'],
  'users:manage': ['admin'],
  'audit:read': ['admin'],
  'mail:manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export function mayRole(role: Role, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(role);
}

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}

export function isPermission(value: string): value is Permission {
  return Object.hasOwn(permissions, value);
}

/** Who acts: a signed-in person or a token's owner, narrowed by the token's scopes. */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** Undefined: everything the role may do. */
  readonly scopes?: readonly Permission[];
  /** Present when a session's cookie was borne, absent with a token. */
  readonly session?: {
    readonly id: string;
    /** When the person last proved who they are: fresh sign-in is asked for roles, keys and exports. */
    readonly authenticatedAt: string;
    /**
     * Somebody of the house who has neither a passkey nor a second factor yet: until then only what sets one up is open
     * (routes with `beforeSecondFactor`), and everything public.
     */
    readonly limited?: boolean;
  };
};

export function may(actor: Actor, permission: Permission): boolean {
  return mayRole(actor.role, permission) && (actor.scopes === undefined || actor.scopes.includes(permission));
}
