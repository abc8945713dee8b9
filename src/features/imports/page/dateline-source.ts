import { isAgency } from './agencies.ts';

const AGENCY_WORD =
  /\b(?:news|wire|press|agency|agence|agentur|agencia|agência|agenzia|ajansı|agencja|nachrichten|presse|service)\b|агентство|новости|вестник|новини|وكالة|خبرگزاری/iu;
/** Parties stand in brackets behind a name as agencies do behind a place. */
export const PARTIES =
  /^(?:CDU|CSU|SPD|FDP|AFD|PDS|SED|PS|UMP|LR|FN|RN|PP|PSOE|PSD|PT|PD|PDL|CHP|AKP|MHP|HDP|SNP|DUP|GOP|ÖVP|SPÖ|FPÖ|SVP)$/i;

/** The name of an agency, one with the code of a desk (`dpa/eb`), a code in small letters, or a name that says it is one. */
export function isSource(text: string): boolean {
  if (isAgency(text) || text.split('/').some((part) => isAgency(part.trim()))) return true;
  return (
    /^[a-z]{2,5}(?:\/[a-z]{2,5})*$/.test(text) || (AGENCY_WORD.test(text) && text.split(' ').length <= 4)
  );
}
