import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Turn } from "@/components/Turn";
import { Ago } from "@/components/Words";
import { Folding } from "../Folding";
import styles from "./cases.module.css";
import { foldedThread } from "./thread";
import type { Case } from "./types";

type Message = Case["thread"][number];

/** The message in its thread, from the prompt down; it is the last, and marked. */
export function ThreadPart({ one }: { one: Case }) {
  const { t } = useTranslation("moderate");
  const [whole, setWhole] = useState(false);
  const { head, hidden, tail } = foldedThread(one.thread);
  const shown = whole ? [...head, ...hidden] : head;
  return (
    <section aria-label={t("cases.thread")} className={styles["threadPart"]}>
      <ol className={styles["thread"]}>
        {shown.map((message) => (
          <Item key={message.id} message={message} isIt={false} />
        ))}
        {hidden.length > 0 && !whole && (
          <li>
            <Button icon="more" onClick={() => setWhole(true)}>
              {t("cases.between", { count: hidden.length })}
            </Button>
          </li>
        )}
        {tail.map((message) => (
          <Item key={message.id} message={message} isIt={message.id === one.message_id} />
        ))}
      </ol>
      {one.replies > 0 && <p className="soft small">{t("cases.replies", { count: one.replies })}</p>}
    </section>
  );
}

function Item({ message, isIt }: { message: Message; isIt: boolean }) {
  const text = message.text ?? "";
  return (
    <li>
      <Folding text={text}>
        <Turn
          role={message.role}
          text={message.text}
          lang={message.lang}
          deleted={message.text === null}
          inFocus={isIt}
          aside={<Aside of={message} isIt={isIt} />}
        />
      </Folding>
    </li>
  );
}

function Aside({ of: message, isIt }: { of: Message; isIt: boolean }) {
  const { t } = useTranslation("moderate");
  return (
    <>
      {isIt && <strong className={styles["it"]}>{t("cases.it")}</strong>}
      {message.author?.display_name && <bdi>{message.author.display_name}</bdi>}
      <Ago at={message.created_date} />
      {message.deleted && <span className={styles["state"]}>{t("cases.deleted")}</span>}
      {message.withheld && <span className={styles["state"]}>{t("withheld")}</span>}
      {message.edited && <span>{t("cases.edited")}</span>}
      {message.review_result === false && <span>{t("rejected")}</span>}
    </>
  );
}
