/** What came back from another server. */
export type OutboundAnswer = {
  readonly status: number;
  /** Lower-case names; the last of several values. */
  readonly headers: Readonly<Record<string, string>>;
  /** The address that answered, after redirects. */
  readonly url: string;
};

export type OutboundOptions = {
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** Not sent on to another origin by a redirect. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Most bytes of the answer, decompressed; default 10 MiB. */
  readonly maxBytes?: number;
  /** For everything together, redirects and the body included; default 10 s. */
  readonly timeoutMs?: number;
};

/**
 * The only way to ask another server. Reaches public addresses alone, checked when connecting. Any status is an answer.
 * @throws Problem `invalid` for an address that must not be asked, `too-large`, `unavailable` when nothing came in time.
 */
export type Outbound = {
  /** Reads the answer into memory. */
  fetch(url: string, options?: OutboundOptions): Promise<OutboundAnswer & { readonly body: Uint8Array }>;
  /** Streams the answer into a file that does not exist yet; it is gone again when this fails. */
  download(
    url: string,
    options: OutboundOptions & { readonly file: string },
  ): Promise<OutboundAnswer & { readonly size: number }>;
};
