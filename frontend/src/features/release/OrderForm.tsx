import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Button } from "@/components/Button";
import { Note, Trouble } from "@/components/States";
import { AboutPart } from "./AboutPart";
import { useOrder } from "./asking";
import { MessagesPart } from "./MessagesPart";
import { bodyOf, begun, missing, type Draft } from "./order";
import { refusedAt } from "./part";
import { PreviewPart } from "./PreviewPart";
import styles from "./release.module.css";
import { TakePart } from "./TakePart";
import { TreesPart } from "./TreesPart";
import type { Options } from "./types";
import { WrittenPart } from "./WrittenPart";

/** An order of a release: filters, files, and what they come to. Whoever may not order can still try filters. */
export function OrderForm({ options, mayOrder }: { options: Options; mayOrder: boolean }) {
  const { t } = useTranslation("release");
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => begun(options));
  const [tried, setTried] = useState(false);
  const order = useOrder();
  const lacks = missing(draft);
  const part = {
    draft,
    options,
    change: (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change })),
    wrong: (field: string) => {
      const lack = lacks[field as keyof Draft];
      return (tried && lack && t(lack)) || refusedAt(order.error, field);
    },
  };
  const count = Object.keys(lacks).length;
  const toFirstWrong = () =>
    setTimeout(() => form.current?.querySelector<HTMLElement>("[aria-invalid], [data-wrong] input")?.focus());
  const send = () => {
    setTried(true);
    if (order.isPending) return;
    if (count > 0) return void toFirstWrong();
    order.mutate(bodyOf(draft), {
      onSuccess: (release) => void navigate(`/moderate/releases/${release.name}`),
      onError: toFirstWrong,
    });
  };
  return (
    <form
      ref={form}
      noValidate
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (mayOrder) send();
      }}
    >
      {mayOrder && <AboutPart {...part} />}
      <TreesPart {...part} />
      <MessagesPart {...part} />
      <PreviewPart draft={draft} />
      <TakePart draft={draft} options={options} />
      {mayOrder && (
        <>
          <WrittenPart {...part} />
          <div className={styles["end"]}>
            {tried && count > 0 && <Note tone="warn" live title={t("new.fix", { count })} />}
            {order.error && <Trouble error={order.error} />}
            <p className="soft">{t("new.orderHint")}</p>
            <div>
              <Button type="submit" look="primary" large busy={order.isPending}>
                {t("new.order")}
              </Button>
            </div>
          </div>
        </>
      )}
    </form>
  );
}
