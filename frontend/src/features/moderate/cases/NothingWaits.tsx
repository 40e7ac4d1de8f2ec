import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Sentence } from "@/components/decision/DecisionLine";
import { Empty } from "@/components/States";
import { Ago } from "@/components/Words";
import { asQuery, type Place } from "./place";
import { useLastDecision } from "./queries";

interface Props {
  place: Place;
  change: (part: Partial<Place>) => void;
  again: () => void;
  busy: boolean;
}

/** Nothing waits, and what was decided last; or nothing of what was asked for. */
export function NothingWaits({ place, change, again, busy }: Props) {
  const { t } = useTranslation("moderate");
  const narrowed = Object.keys(asQuery(place)).length > 0;
  const last = useLastDecision(!narrowed).data;
  if (narrowed) {
    return (
      <Empty
        title={t("cases.nothingFound")}
        action={
          <Button onClick={() => change({ cause: "", lang: "", mine: false })}>{t("clearFilters")}</Button>
        }
      />
    );
  }
  return (
    <Empty
      title={t("cases.nothing")}
      action={
        <Button icon="undo" busy={busy} onClick={again}>
          {t("again")}
        </Button>
      }
    >
      <p>{t("cases.nothingHelp")}</p>
      {last && (
        <p className="soft">
          {t("cases.last")} <Sentence of={last} />, <Ago at={last.at} />
        </p>
      )}
    </Empty>
  );
}
