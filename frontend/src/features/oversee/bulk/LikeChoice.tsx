import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { Icon } from "@/components/Icon";
import styles from "./bulk.module.css";

interface Props {
  id: string;
  clear: () => void;
}

/** The message that others are to be like; a press takes it away. */
export function LikeChoice({ id, clear }: Props) {
  const { t } = useTranslation("oversee");
  const { data: message } = useQuery({
    queryKey: ["moderation", "message", id],
    queryFn: () =>
      data(api.GET("/api/v1/moderation/messages/{message_id}", { params: { path: { message_id: id } } })),
  });
  const begins = message ? (message.text ?? "").slice(0, 80) : "…";
  return (
    <p className={styles["chosen"]}>
      <span>{t("bulk.like")}</span>
      <button type="button" aria-label={t("bulk.without", { name: begins })} onClick={clear}>
        <bdi>{begins}</bdi>
        <Icon name="close" size={16} />
      </button>
    </p>
  );
}
