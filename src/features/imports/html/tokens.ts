import { Tokenizer, TokenizerMode } from 'parse5';

type TagSink = {
  start(tag: string, attrs: Readonly<Record<string, string>>, selfClosing: boolean): void;
  end(tag: string): void;
  text(text: string): void;
  comment(data: string): void;
};

/** Elements whose content is text, not tags (HTML Standard §13.2.6.2); scripting is off, so <noscript> is not among them. */
const MODES = new Map([
  ['title', TokenizerMode.RCDATA],
  ['textarea', TokenizerMode.RCDATA],
  ['style', TokenizerMode.RAWTEXT],
  ['xmp', TokenizerMode.RAWTEXT],
  ['iframe', TokenizerMode.RAWTEXT],
  ['noembed', TokenizerMode.RAWTEXT],
  ['noframes', TokenizerMode.RAWTEXT],
  ['script', TokenizerMode.SCRIPT_DATA],
]);

/** Splits HTML into tags and text by the tokenizer of the HTML Standard. No tree is built, so nothing can nest too deep. */
export function tokenize(html: string, sink: TagSink): void {
  let text = '';
  let raw: string | undefined;
  const flush = (): void => {
    if (text === '') return;
    // The content of a frame is a fallback that no browser shows.
    if (raw !== 'iframe') sink.text(text);
    text = '';
  };
  const tokenizer: Tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: false },
    {
      onStartTag: (token) => {
        flush();
        const attrs: Record<string, string> = Object.create(null) as Record<string, string>;
        for (const { name, value } of token.attrs) attrs[name] = value;
        sink.start(token.tagName, attrs, token.selfClosing);
        const mode = MODES.get(token.tagName);
        if (mode !== undefined) {
          tokenizer.state = mode;
          raw = token.tagName;
        }
      },
      onEndTag: (token) => {
        flush();
        raw = undefined;
        sink.end(token.tagName);
      },
      onCharacter: (token) => void (text += token.chars),
      onWhitespaceCharacter: (token) => void (text += token.chars),
      onNullCharacter: () => undefined,
      onComment: (token) => {
        flush();
        sink.comment(token.data);
      },
      onDoctype: () => undefined,
      onEof: flush,
    },
  );
  tokenizer.write(html, true);
}
