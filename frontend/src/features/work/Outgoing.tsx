import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/api/me";
import { useSay } from "@/components/Toasts";
import { tidyDrafts } from "@/lib/drafts";
import { postOf, useOutgoing, type Post } from "./outgoing";
import styles from "./work.module.css";

/** A line on every page while answers wait to be sent; it sends them, and says what became of them. */
export function Outgoing() {
  const { data: me } = useMe();
  return me ? <Waits post={postOf(me.id)} /> : null;
}

function Waits({ post }: { post: Post }) {
  const { t } = useTranslation("work");
  const say = useSay();
  const entries = useOutgoing(post);
  useEffect(() => {
    const go = () => void post.flush();
    const back = () => document.visibilityState === "visible" && go();
    tidyDrafts(Date.now());
    go();
    window.addEventListener("online", go);
    window.addEventListener("storage", post.reread);
    document.addEventListener("visibilitychange", back);
    return () => {
      post.stop();
      window.removeEventListener("online", go);
      window.removeEventListener("storage", post.reread);
      document.removeEventListener("visibilitychange", back);
    };
  }, [post]);
  useEffect(
    () =>
      post.onHeard((_entry, sent) => {
        if (sent.outcome === "sent") say(t("outgoing.sent"), { seconds: 8 });
      }),
    [post, say, t],
  );
  const waiting = entries.filter((entry) => !entry.refused);
  const refused = entries.filter((entry) => entry.refused);
  return (
    <div role="status">
      {waiting.length > 0 && (
        <p className={styles["outgoing"]}>{t("outgoing.waiting", { count: waiting.length })}</p>
      )}
      {refused.map((entry) => (
        <p className={styles["outgoing"]} key={entry.task}>
          {t("outgoing.refused")} {entry.refused?.detail}
          <Link to={`/task/${entry.task}`}>{t("outgoing.look")}</Link>
        </p>
      ))}
    </div>
  );
}
