// What disagreements and decisions are called.

export const KINDS = {
  codes: "Des codes différents pour les mêmes mots",
  alone: "Codé par les uns, pas par les autres",
  bounds: "Même code, bornes différentes",
  agreed: "Tous d'accord désormais",
};

export const STATES = { open: "à arbitrer", settled: "réglé", changed: "à reprendre : des codages ont changé" };

/** « lecture de lea », « autrement : Sanction ». */
export function verdictTold({ verdict, coder, kept }, codes) {
  const labels = [...new Set(kept.map(({ codebook, code }) => codes.get(codebook, code).label))].join(", ");
  return {
    one: `lecture de ${coder}`,
    all: "toutes les lectures",
    none: "aucun code",
    new: `autrement${labels ? ` : ${labels}` : ""}`,
    upheld: "désaccord maintenu",
  }[verdict];
}
