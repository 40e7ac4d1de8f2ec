import { useTranslation } from "react-i18next";
import { Button } from "@/components/Button";
import { Empty } from "@/components/States";
import { countOf, type Place } from "./place";

interface Props {
  place: Place;
  change: (part: Partial<Place>) => void;
  again: () => void;
  busy: boolean;
}

/** Nothing waits: that is good; or nothing of what was asked for. */
export function Nothing({ place, change, again, busy }: Props) {
  const { t } = useTranslation("moderate");
  if (countOf(place) > 0) {
    return (
      <Empty
        title={t("nothingFound")}
        action={
          <Button onClick={() => change({ lang: "", role: "", judged: "", archived: false })}>
            {t("clearFilters")}
          </Button>
        }
      />
    );
  }
  const withheld = place.kind === "withheld";
  return (
    <Empty
      title={t(withheld ? "noneWithheld" : "nothing")}
      action={
        <Button icon="undo" busy={busy} onClick={again}>
          {t("again")}
        </Button>
      }
    >
      {t(withheld ? "noneWithheldHelp" : "nothingHelp")}
    </Empty>
  );
}
