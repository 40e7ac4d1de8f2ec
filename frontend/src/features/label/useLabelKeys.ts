import { useTranslation } from "react-i18next";
import { useHotkeys, type Hotkey } from "@/lib/hotkeys";
import { questionsOf, type Act, type Step } from "./judging";
import { useAnswerWords } from "./words";

interface Hands {
  steps: readonly Step[];
  current: number;
  /** Go to a line of the card; beyond the last one is the button at the foot. */
  go: (place: number) => void;
  act: (act: Act) => void;
  /** Say to those who don't see it what a key has done. */
  say: (words: string) => void;
  send: () => void;
}

/** The keys of the card: numbers answer the line that is current and go on, arrows walk, Enter sends. */
export function useLabelKeys({ steps, current, go, act, say, send }: Hands): void {
  const { t } = useTranslation("label");
  const words = useAnswerWords();
  const step = steps[current];

  function answering(keys: string, title: string, answer: string, what: Act, thenGo: boolean): Hotkey {
    const label = t("keys.answer", { title, answer });
    return {
      keys,
      label,
      run: () => {
        act(what);
        say(label);
        if (thenGo) go(current + 1);
      },
    };
  }

  function ofChoice({ question, values }: Extract<Step, { kind: "choice" }>): Hotkey[] {
    const { name, title } = question;
    const found = values.map((value, place) =>
      answering(String(place + 1), title, words(question, value), { act: "answer", name, value }, true),
    );
    if (question.mandatory) return found;
    return [...found, answering("0", title, t("cantTell"), { act: "unsure", name }, true)];
  }

  function ofFlags(questions: Extract<Step, { kind: "flags" }>["questions"]): Hotkey[] {
    const among = questions.map(({ name }) => name);
    const found = questions.map(({ name, title }, place) =>
      // More than one flag may fit, so a flag does not go on; "none of these" does.
      answering(String(place + 1), t("flags"), title, { act: "flag", name, among }, false),
    );
    return [...found, answering("0", t("flags"), t("nothing"), { act: "nothingElse", among }, true)];
  }

  function letters({ question, values }: Extract<Step, { kind: "choice" }>): Hotkey[] {
    if (values.length > 2) return [];
    const { name, title } = question;
    return [
      answering("y", title, t("yes"), { act: "answer", name, value: 1 }, true),
      answering("n", title, t("no"), { act: "answer", name, value: 0 }, true),
    ];
  }

  const walk = (by: number) => () => go(Math.max(0, current + by));
  const own =
    step === undefined
      ? []
      : step.kind === "flags"
        ? ofFlags(step.questions)
        : [...ofChoice(step), ...letters(step)];
  useHotkeys([
    ...own,
    {
      keys: "Backspace",
      label: t("keys.clear"),
      run: () => step && act({ act: "clear", names: questionsOf(step).map(({ name }) => name) }),
    },
    { keys: "ArrowDown", label: t("keys.next"), run: walk(1) },
    { keys: "j", label: t("keys.next"), run: walk(1) },
    { keys: "ArrowUp", label: t("keys.previous"), run: walk(-1) },
    { keys: "k", label: t("keys.previous"), run: walk(-1) },
    { keys: "Enter", label: t("keys.send"), run: send },
    { keys: "Mod+Enter", label: t("keys.send"), run: send },
  ]);
}
