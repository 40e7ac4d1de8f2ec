import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { ForModerators } from "@/components/moderation/ForModerators";
import switches from "@/components/Switch.module.css";
import { Frame } from "../Frame";
import { AlikeTab } from "./AlikeTab";
import { EarlierTab } from "./EarlierTab";
import { FindTab } from "./FindTab";

const TABS = ["find", "alike", "earlier"] as const;

/** One decision about many messages: found by what they have in common, shown first, undone as a whole. */
export default function BulkPage() {
  return (
    <ForModerators>
      <Bulk />
    </ForModerators>
  );
}

function Bulk() {
  const { t } = useTranslation("oversee");
  const [params] = useSearchParams();
  const tab = TABS.find((one) => one === params.get("tab")) ?? "find";
  return (
    <Frame title={t("bulk.title")} lead={t("bulk.lead")}>
      <nav className={switches["switch"]} aria-label={t("bulk.tabs.label")}>
        {TABS.map((one) => (
          <Link
            key={one}
            to={{ search: one === "find" ? "" : `?tab=${one}` }}
            aria-current={one === tab ? "true" : undefined}
          >
            {t(`bulk.tabs.${one}`)}
          </Link>
        ))}
      </nav>
      {tab === "find" && <FindTab />}
      {tab === "alike" && <AlikeTab />}
      {tab === "earlier" && <EarlierTab />}
    </Frame>
  );
}
