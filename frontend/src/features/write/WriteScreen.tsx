import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Markdown } from "@/components/Markdown";
import { Trouble } from "@/components/States";
import { GuidelineHint } from "@/components/task/Guideline";
import { Scene } from "@/components/task/Scene";
import { TaskBar } from "@/components/task/TaskBar";
import { TaskSheet } from "@/components/task/TaskSheet";
import type { TaskScreenProps } from "@/components/task/types";
import { Key } from "@/components/Words";
import { useHotkeys } from "@/lib/hotkeys";
import { isShort, lengthOf, repeats } from "./checking";
import { ConfirmDialog, type Doubt } from "./ConfirmDialog";
import { Editor } from "./Editor";
import { Remarks } from "./Remarks";
import { useLanguageCheck } from "./useLanguageCheck";
import styles from "./write.module.css";

/** Something to write: the conversation above, the text below, and as it will be read at a press. */
export default function WriteScreen({ task, draft, submit, busy, problem, tools }: TaskScreenProps) {
  const { t } = useTranslation(["write", "common"]);
  const [text, setText] = useState(draft.content.text ?? "");
  const [preview, setPreview] = useState(false);
  const [doubts, setDoubts] = useState<readonly Doubt[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const language = useLanguageCheck(text, task.lang);
  const limit = task.text_limit ?? Infinity;
  const length = lengthOf(text);
  const sendable = text.trim() !== "" && length <= limit && !busy;

  function change(now: string) {
    setText(now);
    draft.keep({ ...draft.content, text: now });
  }

  function send() {
    setDoubts([]);
    submit({ text, not_rankable: false });
  }

  async function check() {
    if (!sendable) return;
    const found: Doubt[] = [];
    const earlier = task.conversation.map((turn) => turn.text);
    if (repeats(text, earlier)) found.push({ about: "repeats" });
    else if (isShort(text, task.kind)) found.push({ about: "short" });
    const other = await language.now(text);
    if (other) found.push({ about: "language", other });
    if (found.length > 0) setDoubts(found);
    else send();
  }

  useHotkeys([
    { keys: "Mod+Enter", label: t("send"), run: () => void check() },
    { keys: "e", label: t("keys.edit"), run: () => field.current?.focus() },
    { keys: "p", label: t("keys.preview"), run: () => setPreview(!preview) },
  ]);

  return (
    <TaskSheet
      of={task.id}
      title={t(`common:kind.${task.kind}`)}
      lead={<GuidelineHint kind={task.kind} />}
      bar={
        <TaskBar
          tools={tools}
          hint={
            <span className={styles["enter"]}>
              <Key>Mod+Enter</Key>
            </span>
          }
        >
          <Button look="primary" busy={busy} disabled={!sendable} onClick={() => void check()}>
            {t("send")}
          </Button>
        </TaskBar>
      }
    >
      {task.conversation.length > 0 && <Scene turns={task.conversation} />}
      <Editor
        field={field}
        label={t(`label.${task.kind}`)}
        placeholder={t(`placeholder.${task.kind}`)}
        lang={task.lang}
        text={text}
        onChange={change}
        disabled={busy}
        preview={preview}
        onPreview={setPreview}
        shown={<Markdown text={text} lang={task.lang} />}
      />
      <Remarks
        length={length}
        limit={limit}
        short={length > 0 && isShort(text, task.kind)}
        other={language.other}
        lang={task.lang}
      />
      {problem && <Trouble error={problem} />}
      <ConfirmDialog doubts={doubts} lang={task.lang} onSend={send} onBack={() => setDoubts([])} />
    </TaskSheet>
  );
}
