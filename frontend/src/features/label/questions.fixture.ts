import type { Question } from "./judging";

const yesNo = (name: Question["name"], title: string, mandatory: boolean): Question => ({
  name, title, help: `${title}?`, widget: "yes_no", poles: null, mandatory,
}); // prettier-ignore
const flag = (name: Question["name"], title: string): Question => ({
  name, title, help: `${title}?`, widget: "flag", poles: null, mandatory: false,
}); // prettier-ignore
const scale = (name: Question["name"], title: string, poles: [string, string]): Question => ({
  name, title, help: `${title}?`, widget: "likert", poles, mandatory: false,
}); // prettier-ignore

const SPAM = yesNo("spam", "Spam", true);
const LANGUAGE = flag("lang_mismatch", "Wrong language");
const QUALITY = scale("quality", "Quality", ["low quality", "high quality"]);

export const SIMPLE: readonly Question[] = [SPAM, LANGUAGE, QUALITY];
export const FULL: readonly Question[] = [
  SPAM,
  yesNo("fails_task", "Fails to do what was asked", false),
  LANGUAGE,
  flag("pii", "Contains personal data"),
  flag("hate_speech", "Hate speech"),
  QUALITY,
  scale("toxicity", "Rudeness", ["polite", "rude"]),
];
