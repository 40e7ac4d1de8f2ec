import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Icon } from "@/components/Icon";
import { Card } from "@/components/Page";
import styles from "./release.module.css";
import type { Check, Example, Release } from "./types";

/** What was looked at in the finished files. One that fails keeps the release from being published. */
export function ChecksPart({ release: { checks } }: { release: Pick<Release, "checks"> }) {
  const { t } = useTranslation("release");
  // What failed is what somebody comes for.
  const sorted = [...checks].sort((one, other) => Number(one.passed) - Number(other.passed));
  return (
    <Card className={styles["part"] ?? ""} aria-labelledby="checks">
      <h2 id="checks">{t("checks.title")}</h2>
      {checks.length === 0 && <p className="soft">{t("checks.notYet")}</p>}
      <ul className={styles["checks"]} hidden={checks.length === 0}>
        {sorted.map((check) => (
          <li key={check.code} data-passed={check.passed}>
            <One check={check} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function One({ check }: { check: Check }) {
  const { t } = useTranslation("release");
  return (
    <>
      <Icon name={check.passed ? "check" : "warn"} />
      <div>
        <p>
          <strong>{check.passed ? t("checks.passed") : t("checks.failed")}</strong> <span>{check.text}</span>
        </p>
        {!check.passed && check.found > 0 && (
          <p className="soft">{t("checks.found", { count: check.found })}</p>
        )}
        {check.examples.length > 0 && (
          <>
            <p className="soft small">{t("checks.examples")}</p>
            <ul className={styles["examples"]}>
              {check.examples.map((example, place) => (
                <li key={place}>
                  <Where of={example} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </>
  );
}

/** Where it was found: in another tab, so that nobody loses the list. */
function Where({ of: { message_id, tree_id, path, words } }: { of: Example }) {
  const { t } = useTranslation("release");
  const to = tree_id
    ? `/trees/${tree_id}${message_id ? `?message=${message_id}` : ""}`
    : message_id && `/messages/${message_id}`;
  return (
    <>
      {to && (
        <Link to={to} target="_blank" rel="noopener" className={styles["way"]}>
          {t(message_id ? "checks.message" : "checks.tree")}
        </Link>
      )}
      {path && <code>{path}</code>}
      {words && <span dir="auto">{words}</span>}
    </>
  );
}
