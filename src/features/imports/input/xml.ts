import type { SaxesTagNS } from 'saxes';
import { SaxesParser } from 'saxes';
import { Problem } from '../../../base/problem.ts';
import { decode } from './decode.ts';

export type XmlTag = {
  /** As written, prefix included. */
  name: string;
  local: string;
  uri: string;
  /** By local name. */
  attributes: Readonly<Record<string, string>>;
  /** By name as written, declarations of namespaces included. */
  written: Readonly<Record<string, { readonly value: string }>>;
};

export type XmlSink = {
  open?(tag: XmlTag): void;
  close?(tag: XmlTag): void;
  text?(text: string): void;
};

type XmlOptions = {
  name: string;
  /** Told how many characters that XML forbids were left out, when there were any. */
  onForbidden?: (count: number) => void;
};

const MAX_XML_DEPTH = 256;
/** The longest run without a tag: one text, one comment or one attribute cannot fill the memory. */
const MAX_RUN = 64 << 20;
const MAX_PROLOG = 1 << 20;
// oxlint-disable-next-line no-control-regex -- the characters that XML 1.0 §2.2 forbids
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** Faults that exporters make and that lose nothing: an ampersand or entity that was not escaped, a prefix that was not declared. */
const TOLERATED = /entity|malformed name|unbound namespace prefix/i;

/**
 * Reads XML as a stream into a sink; what `take` hands over after each piece of the file is yielded. Entities other than XML's own
 * are never resolved. @throws Problem `invalid` in one line: a DOCTYPE (before anything is parsed), a file cut short, a fault and
 * where, nesting that is too deep.
 */
export async function* readXml<T>(
  bytes: AsyncIterable<Uint8Array>,
  { sink, take, ...options }: XmlOptions & { sink: XmlSink; take: () => T[] },
): AsyncGenerator<T> {
  const { name } = options;
  const { chunks } = await decode(bytes, { name, declared: declaredEncoding });
  const reading = new XmlReading(sink, options);
  for await (const chunk of chunks) {
    reading.write(chunk);
    yield* take();
  }
  reading.end();
  yield* take();
}

/** The encoding of an XML declaration (XML 1.0 §2.8), or undefined. */
export function declaredEncoding(head: string): string | undefined {
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
}

class XmlReading {
  readonly #sink: XmlSink;
  readonly #options: XmlOptions;
  readonly #parser: SaxesParser<{ xmlns: true }>;
  #prolog: string | undefined = '';
  #depth = 0;
  #run = 0;
  #forbidden = 0;
  #path: string[] = [];
  #lastName = '';

  constructor(sink: XmlSink, options: XmlOptions) {
    this.#sink = sink;
    this.#options = options;
    this.#parser = new SaxesParser({ xmlns: true, additionalNamespaces: {} });
    this.#parser.on('error', (fault) => this.#fault(fault));
    this.#parser.on('doctype', () => this.#refuseDoctype());
    this.#parser.on('opentag', (tag) => this.#open(tag));
    this.#parser.on('closetag', (tag) => {
      this.#run = 0;
      this.#depth -= 1;
      this.#path.pop();
      this.#sink.close?.(plain(tag, undefined));
    });
    const text = (piece: string): void => {
      this.#run = 0;
      if (this.#depth > 0) this.#sink.text?.(piece);
    };
    this.#parser.on('text', text);
    this.#parser.on('cdata', text);
  }

  #open(tag: SaxesTagNS): void {
    this.#run = 0;
    this.#depth += 1;
    this.#lastName = tag.name;
    this.#path.push(tag.name);
    if (this.#depth > MAX_XML_DEPTH)
      throw this.#problem(`nests elements deeper than ${MAX_XML_DEPTH}`, 'It is no export that can be read.');
    const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const attribute of Object.values(tag.attributes)) attributes[attribute.local] ??= attribute.value;
    this.#sink.open?.(plain(tag, attributes));
  }

  write(chunk: string): void {
    let text = chunk;
    FORBIDDEN.lastIndex = 0;
    if (FORBIDDEN.test(text)) text = text.replace(FORBIDDEN, () => ((this.#forbidden += 1), ''));
    this.#run += text.length;
    if (this.#run > MAX_RUN) throw this.#problem('holds one text of more than 64 MB', 'Split it.');
    if (this.#prolog !== undefined) {
      this.#prolog += text;
      if (!this.#checkProlog(this.#prolog)) return;
      // White space before the declaration is a fault that exporters make and that loses nothing.
      text = this.#prolog.replace(/^\uFEFF?\s*/, '');
      this.#prolog = undefined;
    }
    this.#parser.write(text);
  }

  /** Looks past what may stand before the root element. @returns whether the root has been reached. */
  #checkProlog(text: string): boolean {
    let i = text.startsWith('\uFEFF') ? 1 : 0;
    for (;;) {
      while (/\s/.test(text[i] ?? '')) i += 1;
      const end = text.startsWith('<?', i) ? '?>' : text.startsWith('<!--', i) ? '-->' : undefined;
      if (end !== undefined) {
        const at = text.indexOf(end, i + end.length);
        if (at < 0) return this.#prologGoesOn(text);
        i = at + end.length;
      } else if (/^<!DOCTYPE/i.test(text.slice(i, i + 9))) this.#refuseDoctype();
      else if (text.length - i < 9) return this.#prologGoesOn(text);
      else if (text[i] === '<') return true;
      else throw this.#notXml(text.slice(i));
    }
  }

  #prologGoesOn(text: string): false {
    if (text.length > MAX_PROLOG)
      throw new Problem(
        'invalid',
        `${this.#options.name} has no root element in its first megabyte.`,
        'Check that it is the export file.',
      );
    return false;
  }

  #notXml(text: string): Problem {
    const start = text.slice(0, 20).replace(/\s+/g, ' ');
    return new Problem(
      'invalid',
      `${this.#options.name} is not XML: it begins with “${start}”.`,
      'Check that it is the export file.',
    );
  }

  #refuseDoctype(): never {
    throw new Problem(
      'invalid',
      `${this.#options.name} has a DOCTYPE, which an export has no need of: it was refused unread.`,
      'Remove the DOCTYPE.',
    );
  }

  #fault(fault: Error): void {
    const message = fault.message.replace(/^\d+:\d+: /, '');
    if (TOLERATED.test(message)) return;
    throw this.#problem(
      `is not well-formed: ${message.replace(/\.$/, '')}`,
      'Export it again, or mend the place.',
      fault,
    );
  }

  end(): void {
    if (this.#prolog !== undefined) {
      const { name } = this.#options;
      const prolog = this.#prolog.replace(/^\uFEFF?\s+/, '');
      if (prolog === '') throw new Problem('invalid', `${name} is empty.`, 'Get the file again.');
      if (!prolog.startsWith('<')) throw this.#notXml(prolog);
      throw new Problem('invalid', `${name} ends before its root element.`, 'Get the file again.');
    }
    if (this.#depth > 0)
      throw this.#problem(
        `is cut short: it ends inside <${this.#path.slice(-3).join('> <')}>`,
        'Get the whole file again.',
      );
    try {
      this.#parser.close();
    } catch (cause) {
      if (cause instanceof Problem && this.#lastName !== '') throw cause;
      throw this.#problem('is cut short', 'Get the whole file again.', cause);
    }
    if (this.#forbidden > 0) this.#options.onForbidden?.(this.#forbidden);
  }

  #problem(what: string, help: string, cause?: unknown): Problem {
    const { line, column } = this.#parser;
    return new Problem(
      'invalid',
      `${this.#options.name} ${what} (line ${line}, column ${column}, character ${this.#parser.position}).`,
      help,
      { cause },
    );
  }
}

const NO_ATTRIBUTES = Object.freeze(Object.create(null)) as Record<string, string>;

function plain(tag: SaxesTagNS, attributes: Record<string, string> | undefined): XmlTag {
  return {
    name: tag.name,
    local: tag.local,
    uri: tag.uri,
    attributes: attributes ?? NO_ATTRIBUTES,
    written: tag.attributes,
  };
}
