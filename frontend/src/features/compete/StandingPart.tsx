import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useGoal, usePoints } from "@/api/community";
import { Icon } from "@/components/Icon";
import { Loading, Meter, Trouble } from "@/components/States";
import { Count } from "@/components/Words";
import styles from "./StandingPart.module.css";

/** My points, my streak, and what everybody together has done this week. */
export function StandingPart() {
  const points = usePoints();
  const goal = useGoal();
  if (points.error) return <Trouble error={points.error} retry={() => void points.refetch()} />;
  if (!points.data) return <Loading lines={2} />;
  return (
    <div className={styles["parts"]}>
      <Level points={points.data} />
      <Streak streak={points.data.streak} />
      {goal.data && <Goal goal={goal.data} />}
    </div>
  );
}

type Points = NonNullable<ReturnType<typeof usePoints>["data"]>;

function Level({ points: { total, today, level } }: { points: Points }) {
  const { t, i18n } = useTranslation("compete");
  const { number, floor, ceiling } = level;
  return (
    <div className={styles["part"]}>
      <h3>{t("level", { number })}</h3>
      <p className={styles["figure"]}>
        <Count of={total} />
        <small>{t("pointsToday", { today: new Intl.NumberFormat(i18n.language).format(today) })}</small>
      </p>
      {ceiling !== null && (
        <>
          <Meter
            value={(total - floor) / (ceiling - floor)}
            label={t("toNextLevel", { missing: Math.ceil(ceiling - total) })}
          />
          <p className="soft small">{t("toNextLevel", { missing: Math.ceil(ceiling - total) })}</p>
        </>
      )}
      <Link to="/me/points">{t("myLedger")}</Link>
    </div>
  );
}

function Streak({ streak: { days, best, today_done: done } }: { streak: Points["streak"] }) {
  const { t } = useTranslation("compete");
  return (
    <div className={styles["part"]}>
      <h3>{t("streak")}</h3>
      <p className={styles["figure"]}>
        <Icon name="flame" size={24} />
        <span>{t("days", { count: days })}</span>
      </p>
      <p className="soft small">{done ? t("todayDone") : days > 0 ? t("todayOpen") : t("noStreak")}</p>
      {best > days && <p className="soft small">{t("bestStreak", { count: best })}</p>}
    </div>
  );
}

function Goal({
  goal: { title, unit, done, target, people },
}: {
  goal: NonNullable<ReturnType<typeof useGoal>["data"]>;
}) {
  const { t, i18n } = useTranslation("compete");
  const written = (number: number) => new Intl.NumberFormat(i18n.language).format(number);
  const words = t("goalDone", { done: written(done), target: written(target), unit });
  return (
    <div className={styles["part"]}>
      <h3>{title}</h3>
      <p className={styles["figure"]}>
        <Count of={done} />
        <small>{words}</small>
      </p>
      <Meter value={target > 0 ? done / target : 0} label={words} />
      <p className="soft small">{t("goalPeople", { count: people })}</p>
      <Link to="/community">{t("toBoards")}</Link>
    </div>
  );
}
