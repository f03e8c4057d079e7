/** One page of each kind, with what it is called in Danish; English has `/en` before it. */
export const pages = [
  "/",
  "/soeg",
  "/soeg?q=vandhul 5. klasse gratis&subject=natur-teknologi&near=360",
  "/soeg?kind=case&q=museum",
  "/soeg?kind=recommendation&kind=strategy&kind=role",
  "/soeg?kind=organisation",
  "/soeg?q=qqqqqqqq",
  "/kort",
  "/min-liste",
  "/min-liste?ids=lolland-skovbunden,lolland-havet",
  "/tilbud/lolland-skovbunden",
  "/tilbud/lolland-skovbunden/tilbagemelding",
  "/erfaringer/mas-museet-i-den-aabne-skole",
  "/anbefalinger",
  "/anbefalinger/rec-transport-skole",
  "/strategier",
  "/strategier/contact-persons",
  "/roller",
  "/roller/contact-person",
  "/organisationer/naturvejledningen-lolland",
  "/organisationer/aabenraa-kommune",
  "/kortlaegning",
  "/kommuner",
  "/kommuner/lolland",
  "/om",
  "/privatliv",
  "/tilgaengelighed",
  "/log-ind",
  "/opret-konto",
  "/findes-ikke",
] as const;

/** The address of a page in a language. */
export function inLanguage(path: string, language: "da" | "en"): string {
  return language === "da" ? path : `/en${path}`;
}
