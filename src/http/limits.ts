/** One allowance: `burst` requests at once, refilled by `perMinute`. */
export type Allowance = { readonly burst: number; readonly perMinute: number };

/**
 * The named limits of routes. Each holds twice: for the address that asks, and for the account (or the target) it concerns, so that
 * neither many accounts behind one address nor many addresses against one account get past it.
 */
export const limits = {
  read: { address: { burst: 120, perMinute: 1200 }, account: { burst: 300, perMinute: 3000 } },
  search: { address: { burst: 20, perMinute: 120 }, account: { burst: 60, perMinute: 600 } },
  write: { address: { burst: 60, perMinute: 600 }, account: { burst: 120, perMinute: 1200 } },
  /** Streams opened and polls: many readers may stand behind one address. */
  live: { address: { burst: 1500, perMinute: 6000 }, account: { burst: 300, perMinute: 1200 } },
  /** Views: an office behind one address reads a lot; what one address may count is bounded by the method of counting. */
  view: { address: { burst: 600, perMinute: 3000 }, account: { burst: 600, perMinute: 3000 } },
  upload: { address: { burst: 20, perMinute: 120 }, account: { burst: 60, perMinute: 300 } },
  comment: { address: { burst: 20, perMinute: 30 }, account: { burst: 10, perMinute: 15 } },
  vote: { address: { burst: 120, perMinute: 300 }, account: { burst: 60, perMinute: 120 } },
  report: { address: { burst: 10, perMinute: 20 }, account: { burst: 20, perMinute: 40 } },
  'sign-in': { address: { burst: 10, perMinute: 20 }, account: { burst: 5, perMinute: 10 } },
} as const satisfies Record<string, { address: Allowance; account: Allowance }>;

export type LimitName = keyof typeof limits;
