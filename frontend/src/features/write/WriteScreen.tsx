import { useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Markdown } from "@/components/Markdown";
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
import { blocks } from "./remarks";
import { useChecks } from "./useChecks";
import styles from "./write.module.css";

/** Something to write: the conversation above, the text below, and as it will be read at a press. */
export default function WriteScreen({ task, draft, submit, busy, problem, tools, check }: TaskScreenProps) {
  const { t } = useTranslation(["write", "common"]);
  const [text, setText] = useState(draft.content.text ?? "");
  const [preview, setPreview] = useState(false);
  const [doubts, setDoubts] = useState<readonly Doubt[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const looking = useRef(false);
  const id = useId();
  const { remarks, now } = useChecks(text, check);
  const [asking, setAsking] = useState(false); // while it is, the text stands still
  const limit = task.text_limit ?? Infinity;
  const length = lengthOf(text);
  const sendable = text.trim() !== "" && length <= limit && !busy;
  const refused = problem?.code === "personal_data_blocked";
  useEffect(() => {
    if (refused) field.current?.focus(); // what has to go stands there
  }, [refused]);

  function change(now: string) {
    setText(now);
    draft.keep({ ...draft.content, text: now });
  }

  function send() {
    setDoubts([]);
    submit({ text, not_rankable: false });
  }

  function toField() {
    flushSync(() => setPreview(false)); // what is hidden takes no focus
    field.current?.focus();
  }

  async function look() {
    if (!sendable || looking.current) return;
    const found: Doubt[] = [];
    const earlier = task.conversation.map((turn) => turn.text);
    if (repeats(text, earlier)) found.push({ about: "repeats" });
    else if (isShort(text, task.kind)) found.push({ about: "short" });
    looking.current = true;
    setAsking(true);
    const said = await now(text);
    looking.current = false;
    setAsking(false);
    if (said.some(blocks)) return toField(); // why stands under it
    found.push(...said.map((remark) => ({ about: "remark", remark }) as const));
    if (found.length > 0) setDoubts(found);
    else send();
  }

  useHotkeys([
    { keys: "Mod+Enter", label: t("send"), run: () => void look() },
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
          <Button look="primary" busy={busy} disabled={!sendable} onClick={() => void look()}>
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
        disabled={busy || asking}
        describedBy={`${id}-remarks`}
        preview={preview}
        onPreview={setPreview}
        shown={<Markdown text={text} lang={task.lang} />}
      />
      <Remarks
        id={`${id}-remarks`}
        text={text}
        length={length}
        limit={limit}
        short={length > 0 && isShort(text, task.kind)}
        remarks={remarks}
        problem={problem}
      />
      <ConfirmDialog doubts={doubts} onSend={send} onBack={() => setDoubts([])} />
    </TaskSheet>
  );
}
