// A sealed paper: asks for its phrase until it is the right one, then shows what it holds, to read or to print.

import { canSeal, deriveKey, readSealed, unseal } from "enquete/sealing";

const TOO_OLD =
  "Ce navigateur est trop ancien pour ouvrir cette fiche. Ouvrez-la dans une version récente de Firefox, Chrome, Edge ou Safari.";
const DAMAGED = "Ce fichier est abîmé ou a été modifié : redemandez-le à la personne qui vous l'a donné.";

const page = document.getElementById("page");

/** An element with what it holds: texts and elements, never markup. */
function make(tag, content = [], attributes = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...[content].flat());
  return element;
}

const cells = (tag, row) => row.map((cell) => make(tag, cell, tag === "th" ? { scope: "col" } : {}));

const DRAWN = {
  title: (text) => make("h1", text),
  heading: (text) => make("h3", text),
  warning: (text) => make("p", text, { class: "warning" }),
  text: (text) => make("p", text),
  facts: (_, rows) => make("dl", rows.flatMap(([label, value]) => [make("dt", label), make("dd", value)])),
  list: (_, rows) => make("ul", rows.map(([item]) => make("li", item))),
  quote: (text, rows) =>
    make("blockquote", [make("p", `« ${text} »`), ...rows.map((row) => make("footer", row.join(" · ")))]),
  table: (_, rows) => table(rows),
  blank: (text, rows) => table(rows, { class: "blank", "aria-label": text }),
};

function table([head, ...rows], attributes = {}) {
  const body = make("tbody", rows.map((row) => make("tr", cells("td", row))));
  return make("table", [make("thead", make("tr", cells("th", head))), body], attributes);
}

function paper({ title, blocks }) {
  document.title = title;
  const print = make("button", "Imprimer", { type: "button" });
  print.addEventListener("click", () => window.print());
  const main = make("main", make("p", [print, " Papier et fichier sont à détruire dès qu'ils ont servi."], { class: "bar" }));
  let sheet = main;
  for (const [kind, text, rows] of blocks) {
    if (kind === "person") {
      sheet = make("section", make("h2", text));
      main.append(sheet);
    } else {
      sheet.append(DRAWN[kind](text, rows));
    }
  }
  return main;
}

function opening(sealed) {
  const field = make("input", [], { id: "phrase", type: "password", autocomplete: "off", spellcheck: "false", required: "" });
  const shown = make("input", [], { type: "checkbox" });
  const fault = make("p", [], { role: "alert", class: "fault" });
  const button = make("button", "Ouvrir", { type: "submit" });
  shown.addEventListener("change", () => (field.type = shown.checked ? "text" : "password"));
  const form = make("form", [
    make("label", "Phrase de cette fiche", { for: "phrase" }),
    field,
    make("label", [shown, " Montrer la phrase"], { class: "choice" }),
    fault,
    button,
  ]);
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    fault.textContent = "Déchiffrement… quelques secondes sur un vieil ordinateur.";
    try {
      const content = await unseal(await deriveKey(field.value, sealed.header), sealed);
      page.replaceChildren(paper(content));
    } catch (error) {
      fault.textContent = error.message;
      field.select();
      busy = false;
    }
  });
  return make("main", [
    make("h1", "Fiche protégée"),
    make("p", ["Pour ", make("strong", sealed.header.coder), ". La phrase vous a été donnée à part : par téléphone, ou de la main à la main."]),
    make("p", "Aucun réseau n'est nécessaire : rien n'est envoyé nulle part, et rien n'est gardé par ce navigateur."),
    form,
  ], { class: "opening" });
}

async function start() {
  if (!canSeal()) return make("p", TOO_OLD, { role: "alert", class: "fault" });
  try {
    return opening(await readSealed(JSON.parse(document.getElementById("fiche").textContent), "fiche"));
  } catch {
    return make("p", DAMAGED, { role: "alert", class: "fault" });
  }
}

page.replaceChildren(await start());
document.getElementById("phrase")?.focus();
