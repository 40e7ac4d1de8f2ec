import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Task } from "@/api/tasks";
import { ButtonLink } from "@/components/Button";
import { Mark } from "@/components/Mark";
import { useTitle } from "@/components/Page";
import { LanguageName } from "@/components/Words";
import styles from "./wait.module.css";

/** Long enough to be read (out), short enough not to be in the way. */
const MOMENT = 1500;

/** A task has come: says so, also in the tab, and opens it once somebody looks. */
export function Arrived({ task, to }: { task: Task; to: string }) {
  const { t } = useTranslation(["wait", "common"]);
  const navigate = useNavigate();
  const kind = t(`common:kind.${task.kind}`);
  useTitle(t("arrivedTitle", { kind }));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      if (document.visibilityState !== "visible") return;
      timer ??= setTimeout(() => void navigate(to, { replace: true }), MOMENT);
    };
    open();
    document.addEventListener("visibilitychange", open);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", open);
    };
  }, [navigate, to]);
  return (
    <div className={styles["arrived"]} role="alert">
      <Mark size={56} />
      <h1>{t("arrived")}</h1>
      <p>
        {kind} · <LanguageName tag={task.lang} />
      </p>
      <ButtonLink look="primary" large to={to} replace>
        {t("open")}
      </ButtonLink>
    </div>
  );
}
