import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from '@tiptap/pm/inputrules';
import type { MarkType } from '@tiptap/pm/model';
import type { EditorState, Plugin, Transaction } from '@tiptap/pm/state';
import { quotesOf } from './quotes.ts';
import { schema } from './schema.ts';

/** A mark by its signs around words: `**bold**`. */
function markRule(sign: RegExp, type: MarkType): InputRule {
  return new InputRule(sign, (state: EditorState, match, start, end): Transaction | null => {
    const text = match[2] ?? '';
    if (text.trim() === '' || !state.doc.resolve(start).parent.type.allowsMarkType(type)) return null;
    const around = state.doc.resolve(start + (match[1]?.length ?? 0)).marks();
    return state.tr
      .replaceWith(start, end, schema.text(text, type.create().addToSet(around)))
      .removeStoredMark(type);
  });
}

/**
 * What one types as Markdown or in shorthand becomes what it means; `mod+z` or Backspace right after gives back what was typed.
 * `language` is asked at each quotation mark: it is the article's, or the run's.
 */
export function textRules(language: (state: EditorState, pos: number) => string): Plugin {
  const { nodes, marks } = schema;
  const quote =
    (opening: boolean, double: boolean) =>
    (state: EditorState, _match: RegExpMatchArray, start: number, end: number) => {
      if (state.doc.resolve(start).parent.type.spec.code === true) return null;
      const set = quotesOf(language(state, start));
      const sign = double ? set.double : set.single;
      return state.tr.insertText(opening ? sign[0] : sign[1], end - 1 < start ? start : end, end);
    };
  const smart = (sign: '"' | "'", double: boolean): InputRule[] => [
    new InputRule(
      new RegExp(`(?:^|[\\s({\\[<'"\\u2018\\u201C\\u201E\\u00AB\\u2039\\u2014\\u2013/-])(${sign})$`),
      quote(true, double),
      { inCode: false },
    ),
    new InputRule(new RegExp(`${sign}$`), quote(false, double), { inCode: false }),
  ];
  const sign = (typed: RegExp, made: string): InputRule => new InputRule(typed, made, { inCode: false });
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{2,4})\s$/, nodes.paragraph, (match) => ({ level: match[1]?.length ?? 2 })),
      textblockTypeInputRule(/^```([a-z]*)\s$/, nodes.codeBlock, (match) => ({
        language: match[1] === '' ? null : match[1],
      })),
      wrappingInputRule(/^\s*([-*+])\s$/, nodes.bulletList),
      wrappingInputRule(/^(\d{1,4})[.)]\s$/, nodes.orderedList, (match) => ({
        start: match[1] === '1' ? null : Number(match[1]),
      })),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      new InputRule(/^(?:---|___|\*\*\*)$/, (state, _match, start, end) => {
        const $start = state.doc.resolve(start);
        if ($start.parent.type !== nodes.paragraph) return null;
        return state.tr.replaceRangeWith(start, end, nodes.horizontalRule.create()).scrollIntoView();
      }),
      markRule(/(\*\*)([^*]+)\*\*$/, marks.bold),
      markRule(/(?<!\*)(\*)([^*]+)\*$/, marks.italic),
      markRule(/(?<![\w_])(_)([^_]+)_$/, marks.italic),
      markRule(/(~~)([^~]+)~~$/, marks.strike),
      markRule(/(`)([^`]+)`$/, marks.code),
      sign(/\.\.\.$/, '…'),
      sign(/(?<=\d)--(?=\d?)$/, '–'),
      sign(/--$/, '—'),
      ...smart('"', true),
      ...smart("'", false),
    ],
  });
}
