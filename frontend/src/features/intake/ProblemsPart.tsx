import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Card } from "@/components/Page";
import { Loading, Trouble } from "@/components/States";
import { useProblems } from "./asking";
import styles from "./intake.module.css";
import type { Import } from "./types";

/** What was wrong, line by line, in the order of the file. */
export function ProblemsPart({ run }: { run: Import }) {
  const { t } = useTranslation("intake");
  const list = useProblems(run.id, run.ended_at);
  const problems = list.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="problems">
      <h2 id="problems">{t("problems.title")}</h2>
      {list.isPending && <Loading lines={4} />}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.data && problems.length === 0 && <p className="soft">{t("problems.none")}</p>}
      {problems.length > 0 && (
        <ol className={styles["problems"]} aria-label={t("problems.list")}>
          {problems.map((problem, place) => (
            <li key={place}>
              <strong>{t("problems.line", { line: problem.line })}</strong>
              <span dir="auto">{problem.text}</span>
              <code className="soft">{problem.code}</code>
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <div>
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("common:showMore")}
          </Button>
        </div>
      )}
    </Card>
  );
}
