import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data, type Schemas } from "@/api/client";
import { problemOf } from "@/api/problems";
import { Button } from "./Button";
import { Icon } from "./Icon";
import styles from "./Reactions.module.css";
import { useSay } from "./Toasts";

type Reaction = Schemas["ReactionEnum"];
type Given = Schemas["Reactions"];

/** As they are drawn, in the order in which they are offered. Their names are in the words of each language. */
const DRAWN: Record<Reaction, { sign: string; name: string }> = {
  "+1": { sign: "👍", name: "up" },
  "-1": { sign: "👎", name: "down" },
  heart_eyes: { sign: "😍", name: "loveIt" },
  rofl: { sign: "🤣", name: "laughing" },
  clap: { sign: "👏", name: "applause" },
  "100": { sign: "💯", name: "hundred" },
  diamond: { sign: "💎", name: "gem" },
  disappointed: { sign: "😞", name: "disappointed" },
  poop: { sign: "💩", name: "rubbish" },
  skull: { sign: "💀", name: "dead" },
  red_flag: { sign: "🚩", name: "flag" },
};
const ALL: readonly Reaction[] = [
  "+1", "-1", "heart_eyes", "rofl", "clap", "100", "diamond", "disappointed", "poop", "skull", "red_flag",
]; // prettier-ignore

const key = (id: string) => ["messages", id, "reactions"] as const;

interface Props {
  messageId: string;
  /** As the message tells them; null until this person has given one. */
  counts: Readonly<Record<string, number>> | null;
  /** Nothing more can be given: imported and closed, or deleted. */
  closed?: boolean;
}

/** What others felt, once one has said it oneself; and a way to say it. */
export function Reactions({ messageId, counts, closed = false }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const id = useId();
  const { data: given } = useQuery({
    queryKey: key(messageId),
    enabled: open,
    queryFn: () => read(messageId),
  });
  return (
    <div className={styles["reactions"]}>
      <Counts counts={given ? given.counts : counts} mine={given?.mine ?? []} />
      {!closed && (
        <Button look="bare" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <Icon name="heart" size={18} />
          {t("reactions.react")}
        </Button>
      )}
      <div id={id} hidden={!open} className={styles["choice"]}>
        {open && given && <Choice messageId={messageId} given={given} />}
      </div>
    </div>
  );
}

function read(messageId: string): Promise<Given> {
  return data(
    api.GET("/api/v1/messages/{message_id}/reactions", { params: { path: { message_id: messageId } } }),
  );
}

function Counts({ counts, mine }: { counts: Props["counts"]; mine: readonly Reaction[] }) {
  const { t, i18n } = useTranslation();
  const some = ALL.filter((one) => (counts?.[one] ?? 0) > 0);
  if (some.length === 0) return null;
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <ul className={styles["counts"]} aria-label={t("reactions.label")}>
      {some.map((one) => (
        <li key={one} className={mine.includes(one) ? styles["mine"] : undefined}>
          <span role="img" aria-label={t(`reactions.names.${DRAWN[one].name}`)}>
            {DRAWN[one].sign}
          </span>
          {number.format(counts?.[one] ?? 0)}
        </li>
      ))}
    </ul>
  );
}

function Choice({ messageId, given }: { messageId: string; given: Given }) {
  const { t } = useTranslation();
  const say = useSay();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (emoji: Reaction) => {
      const params = { params: { path: { message_id: messageId, emoji } } };
      return given.mine.includes(emoji)
        ? data(api.DELETE("/api/v1/messages/{message_id}/reactions/{emoji}", params))
        : data(api.PUT("/api/v1/messages/{message_id}/reactions/{emoji}", params));
    },
    onSuccess: (now) => queries.setQueryData(key(messageId), now as Given),
    onError: (error) => say(problemOf(error).detail || t("trouble.unknown")),
  });
  return (
    <>
      <div role="group" aria-label={t("reactions.choose")} className={styles["signs"]}>
        {ALL.map((one) => {
          const name = t(`reactions.names.${DRAWN[one].name}`);
          return (
            <button
              key={one}
              type="button"
              title={name}
              aria-label={name}
              aria-pressed={given.mine.includes(one)}
              disabled={(one === "+1" || one === "-1") && !given.may_vote}
              aria-busy={change.isPending && change.variables === one}
              onClick={() => change.mutate(one)}
            >
              <span aria-hidden="true">{DRAWN[one].sign}</span>
            </button>
          );
        })}
      </div>
      {given.counts === null && <p className="soft small">{t("reactions.hidden")}</p>}
    </>
  );
}
