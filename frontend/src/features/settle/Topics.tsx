import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { Icon } from "@/components/Icon";
import styles from "./settle.module.css";
import { addTopics, MOST_TOPICS } from "./topicList";

/** What somebody likes to talk about: words, added one by one or several with commas. */
export function Topics({
  topics,
  onChange,
}: {
  topics: readonly string[];
  onChange: (topics: string[]) => void;
}) {
  const { t } = useTranslation("settle");
  const [typed, setTyped] = useState("");
  const add = () => {
    const more = addTopics(topics, typed);
    setTyped("");
    if (more.length !== topics.length) onChange(more);
  };
  return (
    <div className={styles["group"]}>
      <form
        className={styles["add"]}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={t("profile.topics")}
          hint={t("profile.topicsHelp")}
          value={typed}
          maxLength={200}
          disabled={topics.length >= MOST_TOPICS}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" icon="plus" disabled={!typed.trim()}>
          {t("profile.add")}
        </Button>
      </form>
      {topics.length > 0 && (
        <ul className={styles["chips"]}>
          {topics.map((topic) => (
            <li key={topic}>
              <button type="button" onClick={() => onChange(topics.filter((one) => one !== topic))}>
                <bdi>{topic}</bdi>
                <Icon name="close" size={16} />
                <span className="visually-hidden">{t("profile.topicRemove")}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
