import { memo, type Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isModerator, useMe } from "@/api/me";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { Reactions } from "@/components/Reactions";
import { useSay } from "@/components/Toasts";
import { Turn } from "@/components/Turn";
import { Ago } from "@/components/Words";
import styles from "./follow.module.css";
import { Judgement } from "./Judgement";
import { ranked, type Message, type Node } from "./model";
import type { Move } from "./reading";

export interface ItemProps {
  node: Node;
  isCurrent: boolean;
  /** Null where it can't be folded. */
  folded: boolean | null;
  archived: boolean;
  /** Offer to follow its thread alone. */
  offerThread: boolean;
  move: Dispatch<Move>;
  report: (node: Node) => void;
}

/** One message of a tree with all that can be done with it. */
export const Item = memo(function Item(props: ItemProps) {
  const { node, isCurrent, archived, report } = props;
  const { t } = useTranslation("follow");
  const say = useSay();
  const { message } = node;
  const address = `${window.location.origin}/trees/${message.tree_id}?message=${message.id}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      say(t("common:copied"));
    } catch {
      say(address, { seconds: 20 }); // where the browser forbids it, it can be copied by hand
    }
  };
  return (
    <div className={styles["item"]} id={`message-${message.id}`} tabIndex={-1}>
      <Turn
        role={message.role}
        text={message.text}
        lang={message.lang}
        deleted={message.deleted}
        isMine={message.is_mine}
        inFocus={isCurrent}
        aside={<Aside {...props} />}
        foot={
          !message.deleted &&
          message.text !== null && (
            <div className={styles["foot"]}>
              <Judgement message={message} />
              <Reactions messageId={message.id} counts={message.emojis} closed={archived} />
              <Button look="bare" icon="link" aria-label={t("common:copyLink")} onClick={() => void copy()} />
              {!message.is_mine && (
                <Button look="bare" icon="flag" aria-label={t("report")} onClick={() => report(node)} />
              )}
            </div>
          )
        }
      />
    </div>
  );
});

function Aside({ node, folded, offerThread, move }: ItemProps) {
  const { t } = useTranslation("follow");
  const { message } = node;
  const rank = ranked(node);
  return (
    <>
      {rank && <strong className={styles["rank"]}>{t("rank", { ...rank })}</strong>}
      <Verdict of={message} />
      <Withheld of={message} />
      {message.edited && <span>{t("edited")}</span>}
      {message.synthetic && <span>{message.model_name ?? t("synthetic")}</span>}
      {message.author && <span>{message.author.display_name}</span>}
      <Ago at={message.created_date} />
      <span className={styles["tools"]}>
        {offerThread && (
          <button type="button" onClick={() => thread(move, node)}>
            {t("follow")}
          </button>
        )}
        {folded !== null && (
          <button type="button" aria-expanded={!folded} onClick={() => move({ to: "fold", id: node.id })}>
            <Icon name={folded ? "plus" : "up"} size={16} />
            {t(folded ? "unfold" : "fold", { count: node.below })}
          </button>
        )}
      </span>
    </>
  );
}

function Verdict({ of: message }: { of: Message }) {
  const { t } = useTranslation("follow");
  if (message.deleted || message.review_result === true) return null;
  if (message.review_result === null) return <span>{t("underReview")}</span>;
  return <span className={styles["rejected"]}>{t("rejected")}</span>;
}

/** Kept from people until a moderator has looked: its author is told, and moderators are led there. */
function Withheld({ of: message }: { of: Message }) {
  const { t } = useTranslation("follow");
  const { data: me } = useMe();
  if (!message.withheld || message.deleted) return null;
  if (!isModerator(me)) return <span>{t("withheld")}</span>;
  return <Link to={`/moderate/toxicity?kind=withheld&message=${message.id}`}>{t("withheld")}</Link>;
}

function thread(move: Dispatch<Move>, node: Node): void {
  move({ to: "message", id: node.id });
  move({ to: "view", view: "thread" });
}
