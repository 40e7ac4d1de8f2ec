import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Button, ButtonLink } from "@/components/Button";
import { useHotkeys } from "@/lib/hotkeys";
import type { Profile } from "../types";
import { useDecided } from "../useDecided";
import { ActDialog } from "./ActDialog";
import { MANNERS, offered, type Act } from "./acts";
import styles from "./person.module.css";

/** What a moderator may do about this person; each after saying why, and each can be taken back. */
export function PersonActs({ of: person }: { of: Profile }) {
  const { t } = useTranslation("oversee");
  const [act, setAct] = useState<Act | null>(null);
  const { decided, undoLast } = useDecided();
  const navigate = useNavigate();
  const acts = offered(person.may);
  const theirs = `/moderate/bulk?person=${person.id}`;
  useHotkeys([
    ...acts.map((one) => ({
      keys: MANNERS[one].key,
      label: t(`acts.${one}.name`),
      run: () => setAct(one),
    })),
    ...(acts.length > 0 ? [{ keys: "d", label: t("acts.bulk"), run: () => void navigate(theirs) }] : []),
    ...(undoLast ? [{ keys: "u", label: t("common:undo"), run: undoLast }] : []),
  ]);
  if (acts.length === 0) return <p className="soft">{t("acts.none")}</p>;
  return (
    <>
      <div className={styles["acts"]} role="group" aria-label={t("acts.label")}>
        {acts.map((one) => (
          <Button key={one} aria-keyshortcuts={MANNERS[one].key} onClick={() => setAct(one)}>
            {t(`acts.${one}.name`)}
          </Button>
        ))}
        <ButtonLink to={theirs}>{t("acts.bulk")}</ButtonLink>
      </div>
      <ActDialog act={act} person={person} onClose={() => setAct(null)} onDecided={decided} />
    </>
  );
}
