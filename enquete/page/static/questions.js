// Open questions and the answers to them, as the overview tells them: pure functions.

/**
 * @typedef {object} Listed an interview or an answer of the overview
 * @property {string} code
 * @property {string|null} question key of the question that it answers
 * @property {boolean} coded
 */

/** What a listed text is called: « Entretien », « Réponse ». */
export function kindName(listed) {
  return listed?.question ? "Réponse" : "Entretien";
}

/** What is said and written of interviews, apart from answers. */
export function interviewsOf({ interviews }) {
  return interviews.filter((one) => !one.question);
}

/**
 * The questions, each with the answers that this coder has, in their order.
 * @returns {{key: string, label: string, answers: Listed[]}[]}
 */
export function byQuestion({ questions, interviews }) {
  const answers = new Map(questions.map(({ key }) => [key, []]));
  for (const one of interviews) if (one.question) answers.get(one.question)?.push(one);
  const all = questions.map((question) => ({ ...question, answers: answers.get(question.key) }));
  return all.filter((question) => question.answers.length > 0); // an arbiter is told of the others too
}

/** « E001, tour 4 », « R012, réponse » */
export function placeName({ interview, question, turn }) {
  return `${interview}, ${question ? "réponse" : `tour ${turn + 1}`}`;
}

export function labelOf({ questions }, key) {
  return questions.find((question) => question.key === key)?.label ?? key;
}

/** The answers to the question that this one answers. */
export function answersBeside({ interviews }, code) {
  const key = interviews.find((one) => one.code === code)?.question;
  return key ? interviews.filter((one) => one.question === key) : [];
}

/** The answer that follows this one, or precedes it; null at the ends. */
export function neighbour(answers, code, by) {
  return answers[answers.findIndex((one) => one.code === code) + by] ?? null;
}

/** The next answer to code after this one, from the first again once the last is passed; null when all are coded. */
export function nextToCode(answers, code = null) {
  const at = answers.findIndex((one) => one.code === code);
  return [...answers.slice(at + 1), ...answers.slice(0, at + 1)].find((one) => !one.coded && one.code !== code) ?? null;
}
